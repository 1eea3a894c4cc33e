-- What the company owes from a place, as it changes: an order line adds its pieces, goods that leave
-- for it take them off again, never more than were ordered, what is cancelled ends when it is,
-- and a line that is done with less owes nothing any more. A line that is called shipped while nothing left is still owed.
with

parts as (

    select * from {{ ref('int_availability__order_part') }}

),

leaving as (      -- one row per order line, item and moment

    select
        company_id,
        order_id,
        order_line,
        item_id,
        event_at,
        sum(qty_base) as qty
    from {{ ref('int_stock__ledger_row') }}
    where
        order_id is not null
        and from_state in ('ON_HAND', 'RESERVED', 'PICKED', 'PACKED')
        and to_state in (
            'EXT_CUSTOMER', 'IN_TRANSIT_OUT', 'XFER_TRANSIT', 'CONSIGN_OUT', 'BILL_HOLD'
        )
    group by company_id, order_id, order_line, item_id, event_at

),

counted as (

    select
        leaving.*,
        sum(leaving.qty) over (
            partition by leaving.company_id, leaving.order_id, leaving.order_line, leaving.item_id
            order by leaving.event_at
            rows between unbounded preceding and current row
        ) as qty_so_far,
        row_number() over (
            partition by leaving.company_id, leaving.order_id, leaving.order_line, leaving.item_id
            order by leaving.event_at desc
        ) as from_last
    from leaving

),

taken as (

    select
        counted.company_id,
        counted.order_id,
        counted.order_line,
        counted.item_id,
        parts.location_id,
        counted.event_at,
        case
            when counted.from_last = 1 and parts.line_status in ('shipped', 'billed', 'closed')
                then parts.part_qty
            else least(counted.qty_so_far, parts.part_qty)
        end as taken_so_far
    from counted
    inner join parts
        on
            counted.company_id = parts.company_id
            and counted.order_id = parts.order_id
            and counted.order_line = parts.order_line
            and counted.item_id = parts.item_id

),

started as (

    select company_id, order_id, order_line, item_id from taken
    group by company_id, order_id, order_line, item_id

),

given_up as (      -- what was cancelled, and a line that was closed before anything left

    select
        parts.*,
        parts.ordered_qty - case
            when parts.line_status = 'closed' and started.order_id is null then 0
            else parts.part_qty
        end as given_up_qty
    from parts
    left join started
        on
            parts.company_id = started.company_id
            and parts.order_id = started.order_id
            and parts.order_line = started.order_line
            and parts.item_id = started.item_id

)

select
    company_id,
    order_id,
    order_line,
    item_id,
    location_id,
    'ordered' as change,
    known_at as changed_at,
    ordered_qty as qty_change
from parts

union all

select
    company_id,
    order_id,
    order_line,
    item_id,
    location_id,
    'given up' as change,
    coalesce(changed_at, known_at) as changed_at,
    cast(-given_up_qty as decimal(18, 6)) as qty_change
from given_up
where given_up_qty > 0

union all

select
    company_id,
    order_id,
    order_line,
    item_id,
    location_id,
    'left' as change,
    event_at as changed_at,
    cast(
        coalesce(lag(taken_so_far) over (
            partition by company_id, order_id, order_line, item_id
            order by event_at
        ), 0) - taken_so_far as decimal(18, 6)
    ) as qty_change
from taken
