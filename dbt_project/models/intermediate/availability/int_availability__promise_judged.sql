-- Each judged promise beside what lay free at its moment.
with

promises as (

    select * from {{ ref('int_availability__promise') }}

),

places as (

    select company_id, item_id, location_id from promises
    group by company_id, item_id, location_id

),

happened as (      -- at one moment: goods move, then orders that left are no longer owed, then it is asked

    select
        company_id, item_id, location_id, event_at as happened_at, 1 as priority, qty_change as qty,
        '' as order_id, '' as order_line
    from {{ ref('int_stock__leg') }}
    where stock_state in ('ON_HAND', 'RESERVED', 'PICKED', 'PACKED')
    union all
    select company_id, item_id, location_id, known_at, 2, qty_base, '', ''
    from {{ ref('int_demand__shipped') }}
    where order_id is not null and qty_base is not null
    union all
    select company_id, item_id, location_id, order_at, 3, 0, order_id, order_line
    from promises
    union all
    select company_id, item_id, location_id, known_at, 4, -qty_base, '', ''
    from {{ ref('int_demand__ordered') }}
    where qty_base is not null

),

counted as (

    select
        happened.company_id,
        happened.order_id,
        happened.order_line,
        happened.priority,
        sum(happened.qty) over (
            partition by happened.company_id, happened.item_id, happened.location_id
            order by happened.happened_at, happened.priority, happened.order_id, happened.order_line
            rows between unbounded preceding and current row
        ) as free_qty
    from happened
    inner join places
        on
            happened.company_id = places.company_id
            and happened.item_id = places.item_id
            and happened.location_id = places.location_id

),

judged as (

    select
        promises.*,
        cast(greatest(counted.free_qty, 0) as decimal(18, 6)) as free_qty
    from promises
    inner join counted
        on
            counted.priority = 3
            and promises.company_id = counted.company_id
            and promises.order_id = counted.order_id
            and promises.order_line = counted.order_line

)

select
    *,
    cast(greatest(qty_base - free_qty, 0) as decimal(18, 6)) as theoretical_qty,
    cast(
        least(qty_base, free_qty) - least(qty_base, greatest(free_qty - safety_buffer_qty, 0))
        as decimal(18, 6)
    ) as buffer_qty
from judged
