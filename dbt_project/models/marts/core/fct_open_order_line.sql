with

run as (

    select * from {{ ref('int_control__run') }}

),

companies as (

    select * from {{ ref('int_master__company') }}

),

orders as (

    select * from {{ ref('int_receivable__order_line') }}

),

taken as (      -- in the unit of the order; what is billed before it ships counts once

    select company_id, order_id, order_line, 'shipped' as side, expected_qty as qty
    from {{ ref('fct_expected_billing') }}
    where order_id is not null and line_kind = 'goods'
    union all
    select lines.company_id, lines.order_id, lines.order_line, 'billed', lines.actual_qty
    from {{ ref('fct_invoice_line') }} as lines
    inner join orders
        on
            lines.company_id = orders.company_id
            and lines.order_id = orders.order_id
            and lines.order_line = orders.order_line
            and lines.uom = orders.uom
    where lines.line_kind = 'goods' and not lines.is_cancelled and lines.actual_qty > 0

),

summed as (

    select
        company_id,
        order_id,
        order_line,
        sum(case when side = 'shipped' then qty else 0 end) as shipped_qty,
        sum(case when side = 'billed' then qty else 0 end) as billed_qty
    from taken
    group by company_id, order_id, order_line

),

open_lines as (

    select
        orders.*,
        coalesce(summed.shipped_qty, 0) as shipped_qty,
        coalesce(summed.billed_qty, 0) as billed_qty,
        greatest(
            orders.qty_ordered - orders.qty_cancelled
            - greatest(coalesce(summed.shipped_qty, 0), coalesce(summed.billed_qty, 0)), 0
        ) as open_qty,
        coalesce(companies.currency, orders.currency) as company_currency,
        case
            when orders.currency = coalesce(companies.currency, orders.currency) then 1
            else currency_days.rate
        end as rate
    from orders
    inner join companies
        on orders.company_id = companies.company_id
    left join summed
        on
            orders.company_id = summed.company_id
            and orders.order_id = summed.order_id
            and orders.order_line = summed.order_line
    left join {{ ref('int_ledger__currency_day') }} as currency_days
        on
            orders.company_id = currency_days.company_id
            and orders.currency = currency_days.from_currency
            and companies.as_of_date = currency_days.date

)

select
    open_lines.company_id,
    open_lines.source_system,
    open_lines.order_id,
    open_lines.order_line,
    open_lines.order_type,
    open_lines.party_id,
    open_lines.channel,
    open_lines.item_id,
    open_lines.uom,

    cast(open_lines.qty_ordered - open_lines.qty_cancelled as decimal(18, 6)) as ordered_qty,
    cast(open_lines.shipped_qty as decimal(18, 6)) as shipped_qty,
    cast(open_lines.billed_qty as decimal(18, 6)) as billed_qty,
    cast(open_lines.open_qty as decimal(18, 6)) as open_qty,

    open_lines.currency as currency_doc,
    open_lines.order_unit_price_doc,
    open_lines.company_currency as currency,
    cast(
        cast(open_lines.open_qty * open_lines.order_unit_price_doc as decimal(18, 4))
        * open_lines.rate as decimal(18, 4)
    ) as open_amount,

    run.as_of_at,
    run.watermark_at
from open_lines
cross join run
where open_lines.open_qty > 0
