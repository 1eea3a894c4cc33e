-- What was promised by the run beside what had left by the promise, in the unit of the order. A gift or
-- a line that was never to be billed leaves nothing here; a line without a promise cannot miss one.

with

orders as (

    select * from {{ ref('int_billing__order_line') }}
    where
        promised_date is not null and qty_ordered > qty_cancelled
        and order_type not in ('return', 'sample', 'service')

),

companies as (

    select * from {{ ref('int_master__company') }}

),

shipped as (

    select
        lines.company_id, lines.order_id, lines.order_line,
        sum(lines.expected_qty) as shipped_qty,
        sum(case when lines.ship_date <= orders.promised_date then lines.expected_qty else 0 end)
            as shipped_in_time_qty
    from {{ ref('int_billing__expected_line') }} as lines
    inner join orders
        on
            lines.company_id = orders.company_id
            and lines.order_id = orders.order_id
            and lines.order_line = orders.order_line
    where lines.line_kind = 'goods' and lines.ship_confirm_at is not null
    group by lines.company_id, lines.order_id, lines.order_line

)

select
    orders.company_id,
    orders.order_id,
    orders.order_line,
    orders.party_id,
    orders.channel,
    orders.item_id,
    orders.promised_date,
    orders.uom,

    cast(orders.qty_ordered - orders.qty_cancelled as decimal(18, 6)) as ordered_qty,
    cast(coalesce(shipped.shipped_qty, 0) as decimal(18, 6)) as shipped_qty,
    -- more than was ordered fills nothing twice
    cast(
        least(coalesce(shipped.shipped_in_time_qty, 0), orders.qty_ordered - orders.qty_cancelled)
        as decimal(18, 6)
    ) as filled_qty,
    coalesce(shipped.shipped_in_time_qty >= orders.qty_ordered - orders.qty_cancelled, false)
        as is_filled,
    run.as_of_at,
    run.watermark_at
from orders
inner join companies
    on
        orders.company_id = companies.company_id
        and orders.promised_date <= companies.as_of_date
cross join {{ ref('int_control__run') }} as run
left join shipped
    on
        orders.company_id = shipped.company_id
        and orders.order_id = shipped.order_id
        and orders.order_line = shipped.order_line
