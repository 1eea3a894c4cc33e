-- Each judged promise beside what lay free at its moment. A kit is there as often as its scarcest
-- part allows.
with

promises as (

    select * from {{ ref('int_availability__promise') }}

),

promised_parts as (

    select
        parts.company_id,
        parts.order_id,
        parts.order_line,
        parts.item_id,
        parts.location_id,
        parts.qty_per,
        promises.order_at
    from {{ ref('int_availability__order_part') }} as parts
    inner join promises
        on
            parts.company_id = promises.company_id
            and parts.order_id = promises.order_id
            and parts.order_line = promises.order_line

),

places as (

    select company_id, item_id, location_id from promised_parts
    group by company_id, item_id, location_id

),

happened as (      -- at one moment goods move first; then line by line it is asked, then ordered

    select
        company_id, item_id, location_id, event_at as happened_at, '' as order_id,
        '' as order_line, 0 as step, qty_change as qty, 1 as qty_per
    from {{ ref('int_stock__leg') }}
    where stock_state in ('ON_HAND', 'RESERVED', 'PICKED', 'PACKED')
    union all
    select
        company_id, item_id, location_id, order_at, order_id,
        order_line, 1, 0, qty_per
    from promised_parts
    union all
    select
        company_id, item_id, location_id, changed_at,
        case when qty_change < 0 then '' else order_id end,
        case when qty_change < 0 then '' else order_line end,
        case when qty_change < 0 then 0 else 2 end, -qty_change, 1
    from {{ ref('int_availability__order_owed') }}

),

counted as (

    select
        happened.company_id,
        happened.order_id,
        happened.order_line,
        happened.step,
        happened.qty_per,
        sum(happened.qty) over (
            partition by happened.company_id, happened.item_id, happened.location_id
            order by
                happened.happened_at,
                happened.order_id,
                length(happened.order_line),
                happened.order_line,
                happened.step
            rows between unbounded preceding and current row
        ) as free_qty
    from happened
    inner join places
        on
            happened.company_id = places.company_id
            and happened.item_id = places.item_id
            and happened.location_id = places.location_id

),

free as (

    select
        company_id,
        order_id,
        order_line,
        min(
            case
                when qty_per = 1 then free_qty
                else floor({{ divide_exact('free_qty', 'qty_per', 6) }})
            end
        ) as free_qty
    from counted
    where step = 1
    group by company_id, order_id, order_line

),

judged as (

    select
        promises.*,
        cast(greatest(free.free_qty, 0) as decimal(18, 6)) as free_qty
    from promises
    inner join free
        on
            promises.company_id = free.company_id
            and promises.order_id = free.order_id
            and promises.order_line = free.order_line

)

select
    *,
    cast(greatest(qty_base - free_qty, 0) as decimal(18, 6)) as theoretical_qty,
    cast(
        least(qty_base, free_qty) - least(qty_base, greatest(free_qty - safety_buffer_qty, 0))
        as decimal(18, 6)
    ) as buffer_qty
from judged
