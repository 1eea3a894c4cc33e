{{ config(materialized='view') }}

-- Every hold of an order line by the credit desk, how long it took or has taken, and whether it stands.

with

run as (

    select * from {{ ref('int_control__run') }}

)

select
    order_lines.company_id,
    order_lines.order_id,
    order_lines.order_line,
    order_lines.party_id,
    order_lines.item_id,
    order_lines.line_status,
    coalesce(order_lines.credit_hold_at, order_lines.pricing_at) as credit_hold_at,
    order_lines.credit_release_at,
    order_lines.released_by,
    coalesce(order_lines.credit_status = 'hold', false)
    and coalesce(order_lines.credit_release_at > run.as_of_at, true)
    and order_lines.line_status not in ('cancelled', 'closed', 'billed') as is_on_hold,
    least(coalesce(order_lines.credit_release_at, run.as_of_at), run.as_of_at) as held_until_at,
    cast(
        coalesce(order_lines.net_amount, order_lines.qty_ordered * order_lines.order_unit_price_doc)
        * case when order_lines.currency = companies.currency then 1 else currency_days.rate end
        as decimal(18, 4)
    ) as open_amount
from {{ ref('int_billing__order_line') }} as order_lines
cross join run
inner join {{ ref('int_master__company') }} as companies
    on order_lines.company_id = companies.company_id
left join {{ ref('int_ledger__currency_day') }} as currency_days
    on
        order_lines.company_id = currency_days.company_id
        and order_lines.currency = currency_days.from_currency
        and currency_days.date = cast(order_lines.pricing_at as date)
where order_lines.credit_status = 'hold' or order_lines.credit_hold_at is not null
