with

companies as (

    select * from {{ ref('int_master__company') }}

),

order_lines as (

    select * from {{ ref('stg_purchasing__order_line') }}

),

party_codes as (

    select * from {{ ref('int_master__party_code') }}

),

item_codes as (

    select * from {{ ref('int_master__item_code') }}

),

currency_days as (

    select * from {{ ref('int_ledger__currency_day') }}

),

ranked as (

    select
        order_lines.*,
        companies.currency as company_currency,
        row_number() over (
            partition by order_lines.company_id, order_lines.po_id, order_lines.po_line
            order by order_lines.source_system
        ) as preference
    from order_lines
    inner join companies
        on order_lines.company_id = companies.company_id
    where
        order_lines.status <> 'draft'
        and order_lines.po_type <> 'transfer'
        and order_lines.order_date <= companies.as_of_date

)

select
    ranked.company_id,
    ranked.source_system,
    ranked.po_id,
    ranked.po_line,
    ranked.order_date,
    coalesce(party_codes.party_id, ranked.supplier_code) as party_id,
    coalesce(item_codes.item_id, ranked.item_code) as item_id,
    ranked.po_type,
    ranked.status,
    ranked.promised_date,
    ranked.fob_point,
    ranked.qty_ordered,
    coalesce(ranked.qty_cancelled, 0) as qty_cancelled,
    ranked.uom,
    coalesce(ranked.company_currency, ranked.currency) as company_currency,
    ranked.currency as currency_doc,
    {{ divide_exact('ranked.unit_price', 'coalesce(ranked.price_basis_qty, 1)', 8, 8, 6) }}
        as unit_price_doc,
    cast(
        {{ divide_exact('ranked.unit_price', 'coalesce(ranked.price_basis_qty, 1)', 8, 8, 6) }}
        * case
            when ranked.currency = coalesce(ranked.company_currency, ranked.currency) then 1
            else currency_days.rate
        end
        as decimal(20, 8)
    ) as unit_price
from ranked
left join party_codes
    on
        ranked.source_system = party_codes.source_system
        and ranked.company_id = party_codes.company_id
        and ranked.supplier_code = party_codes.party_code
        and party_codes.party_role = 'supplier'
left join item_codes
    on
        ranked.source_system = item_codes.source_system
        and ranked.company_id = item_codes.company_id
        and ranked.item_code = item_codes.item_code
left join currency_days
    on
        ranked.company_id = currency_days.company_id
        and ranked.currency = currency_days.from_currency
        and ranked.order_date = currency_days.date
where ranked.preference = 1
