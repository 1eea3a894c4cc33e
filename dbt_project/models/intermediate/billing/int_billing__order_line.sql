with

run as (

    select * from {{ ref('int_control__run') }}

),

order_lines as (

    select * from {{ ref('stg_billing__order_line') }}

),

item_codes as (

    select * from {{ ref('int_master__item_code') }}

),

party_codes as (

    select * from {{ ref('int_master__party_code') }}

),

ranked as (      -- two systems may hold the same order: the first by name speaks

    select
        order_lines.*,
        row_number() over (
            partition by order_lines.company_id, order_lines.order_id, order_lines.order_line
            order by order_lines.source_system
        ) as preference
    from order_lines
    cross join run
    where order_lines.line_status <> 'draft' and order_lines.order_at <= run.as_of_at

)

select
    ranked.company_id,
    ranked.source_system,
    ranked.order_id,
    ranked.order_line,
    ranked.order_type,
    ranked.line_status,
    ranked.customer_code,
    party_codes.party_id,
    ranked.customer_po,
    ranked.channel,
    ranked.contract_id,
    ranked.item_code,
    item_codes.item_id,
    ranked.uom,
    ranked.currency,
    ranked.fob_point,
    ranked.freight_terms,
    ranked.invoice_policy,
    ranked.payment_terms_code,
    ranked.bill_to_code,
    ranked.recurrence_rule,
    ranked.promised_date,
    ranked.credit_status,
    ranked.credit_hold_at,
    ranked.credit_release_at,
    ranked.released_by,
    ranked.changed_at,
    ranked.changed_by,
    ranked.source_updated_at,
    ranked.qty_ordered,
    coalesce(ranked.qty_cancelled, 0) as qty_cancelled,
    ranked.discount_pct,
    ranked.net_amount,
    ranked.net_amount + ranked.tax_amount as gross_amount,
    ranked.price_tax_inclusive as is_tax_inclusive,

    case
        when ranked.net_amount is not null and ranked.qty_ordered <> 0 then 'order_net'
        when ranked.unit_price is not null and not coalesce(ranked.price_tax_inclusive, false)
            then 'order_price'
    end as order_price_source,
    case
        when ranked.net_amount is not null and ranked.qty_ordered <> 0
            then {{ divide_exact('ranked.net_amount', 'ranked.qty_ordered', 8, 4, 6) }}
        when ranked.unit_price is not null and not coalesce(ranked.price_tax_inclusive, false)
            then cast(
                {{ divide_exact('ranked.unit_price', 'coalesce(ranked.price_basis_qty, 1)', 8, 8, 6) }}
                * cast(100 - coalesce(ranked.discount_pct, 0) as decimal(11, 8)) * 0.01
                as decimal(20, 8)
            )
    end as order_unit_price_doc,

    coalesce(ranked.confirmed_at, ranked.order_at) as pricing_at
from ranked
left join item_codes
    on
        ranked.source_system = item_codes.source_system
        and ranked.company_id = item_codes.company_id
        and ranked.item_code = item_codes.item_code
left join party_codes
    on
        ranked.source_system = party_codes.source_system
        and ranked.company_id = party_codes.company_id
        and ranked.customer_code = party_codes.party_code
        and party_codes.party_role = 'customer'
where ranked.preference = 1
