-- Where an order line left in several parts and not all of them are billed (or more than left is),
-- first shipped, first billed would move every invoice to the neighbour of its shipment. So equal
-- quantities are paired by date first: at the distance in business days that most pairs of the order
-- line keep. Ambiguous are then only parts that look the same and were billed at no steady distance.

with

uneven as (      -- order lines of which several parts left and another quantity is billed

    select company_id, order_id, order_line, item_id
    from {{ ref('int_billing__match_open') }}
    where order_id is not null and order_line is not null
    group by company_id, order_id, order_line, item_id
    having
        sum(case when side = 'expected' then 1 else 0 end) > 1
        and sum(case when side = 'invoiced' then 1 else 0 end) > 0
        and sum(case when side = 'expected' then open_qty else -open_qty end) <> 0

),

sides as (

    select
        open_sides.*,
        days.day_number,
        row_number() over (
            partition by
                open_sides.company_id, open_sides.order_id, open_sides.order_line,
                open_sides.item_id, open_sides.side, open_sides.open_qty, days.day_number
            order by open_sides.placed_at, open_sides.line_key
        ) as place
    from {{ ref('int_billing__match_open') }} as open_sides
    inner join uneven
        on
            open_sides.company_id = uneven.company_id
            and open_sides.order_id = uneven.order_id
            and open_sides.order_line = uneven.order_line
            and open_sides.item_id = uneven.item_id
    inner join {{ ref('int_billing__business_day') }} as days
        on
            open_sides.company_id = days.company_id
            and open_sides.date = days.date

),

pairs as (

    select
        expected.company_id,
        expected.order_id,
        expected.order_line,
        expected.item_id,
        expected.line_key as expected_key,
        invoiced.line_key as invoiced_key,
        expected.open_qty as qty,
        invoiced.day_number - expected.day_number as distance,
        abs(invoiced.place - expected.place) as displacement
    from sides as expected
    inner join sides as invoiced
        on
            expected.company_id = invoiced.company_id
            and expected.order_id = invoiced.order_id
            and expected.order_line = invoiced.order_line
            and expected.item_id = invoiced.item_id
            and expected.open_qty = invoiced.open_qty
    where
        expected.side = 'expected'
        and invoiced.side = 'invoiced'

),

paired as (

    {{ steady_pairs('pairs', ['company_id', 'order_id', 'order_line', 'item_id']) }}

)

select
    company_id,
    expected_key,
    invoiced_key,
    qty
from paired
