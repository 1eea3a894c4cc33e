-- Open order lines promised from the shelf, first come first served, and what is left for each.
-- A line that does not say what it stands on may also wait for arrivals until its promised day.
with

claims as (

    select * from {{ ref('int_availability__claim') }}
    where
        location_id is not null
        and unreserved_qty > 0
        and (
            promise_basis = 'on_hand' or (promise_basis is null and promised_date is not null)
        )

),

stock as (

    select * from {{ ref('int_availability__stock') }}

),

arriving as (

    select
        claims.source_system,
        claims.company_id,
        claims.order_id,
        claims.order_line,
        claims.item_id,
        sum(arrivals.open_qty) as arriving_qty
    from claims
    inner join {{ ref('int_availability__arrival') }} as arrivals
        on
            claims.company_id = arrivals.company_id
            and claims.item_id = arrivals.item_id
            and claims.location_id = arrivals.location_id
            and claims.due_date >= arrivals.available_date
            and arrivals.is_promisable
    where claims.promise_basis is null
    group by
        claims.source_system, claims.company_id, claims.order_id, claims.order_line, claims.item_id

),

queued as (

    select
        claims.*,
        greatest(coalesce(stock.on_hand_qty + stock.consigned_in_qty, 0), 0) as free_qty,
        coalesce(stock.reserved_qty + stock.picked_qty, 0) as reserved_by_all_qty,
        coalesce(arriving.arriving_qty, 0) as arriving_qty,
        sum(claims.unreserved_qty) over (
            partition by claims.company_id, claims.item_id, claims.location_id
            order by claims.order_at, claims.order_id, claims.order_line, claims.source_system
            rows between unbounded preceding and current row
        ) as claimed_qty
    from claims
    inner join stock
        on
            claims.company_id = stock.company_id
            and claims.item_id = stock.item_id
            and claims.location_id = stock.location_id
    left join arriving
        on
            claims.source_system = arriving.source_system
            and claims.company_id = arriving.company_id
            and claims.order_id = arriving.order_id
            and claims.order_line = arriving.order_line
            and claims.item_id = arriving.item_id

)

select
    *,
    cast(
        least(unreserved_qty, claimed_qty - free_qty - arriving_qty) as decimal(18, 6)
    ) as short_qty
from queued
where claimed_qty > free_qty + arriving_qty
