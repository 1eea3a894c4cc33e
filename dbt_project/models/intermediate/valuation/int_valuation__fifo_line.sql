-- Events of pools under first in, first out, up to the first that a line of pieces cannot tell: goods
-- that come back, a layer that is revalued, stock that runs out. Only the sweep reads it, which gives
-- a second opinion on the engine; so the order of events (ruling C2) is told here once more. A pool has
-- a number: what follows is ordered by it and by place, which costs less than by names.
with

pools as (

    select
        company_id, item_id, is_comparison, same_day_order, late_cost, backdating, currency_decimals,
        row_number() over (order by company_id, item_id, is_comparison) as pool_number
    from (
        select *, count(*) over (partition by company_id, item_id, is_comparison, costing_method) as spans
        from {{ ref('int_valuation__policy') }}
    ) as policies
    where
        costing_method = 'fifo' and cost_pool = 'company' and spans = 1
        and rounding_residual = 'last_issue' and late_cost <> 'restate'

),

events as (

    select
        pools.pool_number, pools.backdating, pools.late_cost, pools.currency_decimals,
        events.event_id, events.event_kind, events.movement_id, events.linked_event_id,
        events.posting_date, events.event_at, events.known_at, events.qty_base, events.amount,
        events.is_on_the_way, events.version_number, events.replaced_at,
        events.event_kind in ('opening', 'receipt', 'count_in') as is_in,
        events.event_kind in ('issue', 'work_issue', 'scrap', 'count_out') as is_out,
        events.event_kind in ('arrival', 'landed_cost', 'invoice_variance') as is_late,
        case
            when pools.same_day_order = 'by_time' then 0
            when event_kind = 'opening' then 1
            when event_kind in ('receipt', 'arrival') then 2
            when event_kind in ('landed_cost', 'invoice_variance') then 4
            when event_kind = 'count_in' then 5
            when event_kind = 'issue' then 8
            when event_kind = 'work_issue' then 9
            when event_kind = 'scrap' then 11
            when event_kind = 'count_out' then 12
            else 0
        end as priority
    from {{ ref('int_valuation__cost_event') }} as events
    inner join pools
        on events.company_id = pools.company_id and events.item_id = pools.item_id
    where events.event_kind not in ('transfer_in', 'transfer_out')

),

known as (      -- where books only go forward, what was known late is booked on another day

    select *, false as is_late_known
    from events
    where backdating <> 'correct_forward' and replaced_at is null
    union all
    select
        pool_number, backdating, late_cost, currency_decimals,
        event_id, event_kind, movement_id, linked_event_id,
        posting_date, event_at, known_at, qty_base, amount,
        is_on_the_way, version_number, replaced_at,
        is_in, is_out, is_late, priority, is_late_known
    from (
        select
            *,
            posting_date < max(posting_date) over (
                partition by pool_number order by known_at
                rows between unbounded preceding and current row
            ) as is_late_known,
            max(case when version_number > 1 or replaced_at is not null then 1 else 0 end)
                over (partition by pool_number) as has_versions
        from events
        where backdating = 'correct_forward'
    ) as forward
    where has_versions = 0

),

brought as (

    select pool_number, event_id, qty_base
    from known
    where is_in

),

placed as (

    select
        known.*,
        row_number() over (
            partition by known.pool_number
            order by known.posting_date, known.priority, known.event_at, known.movement_id, known.event_id
        ) as place,
        case when known.is_late then layers.qty_base when known.is_in then known.qty_base end as layer_qty
    from known
    left join brought as layers
        on
            known.pool_number = layers.pool_number
            and case when known.is_late then known.linked_event_id end = layers.event_id

),

walked as (      -- what is on its way lies on the line from the moment it is here

    select
        pool_number, event_id, linked_event_id, place, late_cost, currency_decimals,
        is_in, is_out, is_late, layer_qty, amount,
        (is_in and not is_on_the_way) or event_kind = 'arrival' as is_here,
        sum(case when is_out then qty_base else 0 end) over so_far as out_upto,
        sum(case when (is_in and not is_on_the_way) or event_kind = 'arrival' then layer_qty else 0 end) over so_far
            as in_upto,
        case
            when is_late_known and (not is_late or event_kind = 'arrival') then true
            when is_late then layer_qty is null
            else not is_in and not is_out
        end as is_odd
    from placed
    window so_far as (
        partition by pool_number order by place
        rows between unbounded preceding and current row
    )

),

followed as (

    select
        *,
        min(case when is_odd or out_upto > in_upto then place end) over (partition by pool_number)
            as first_odd_place
    from walked

)

select
    followed.pool_number, pools.company_id, pools.item_id, pools.is_comparison, followed.currency_decimals,
    followed.event_id,
    case when followed.is_late then followed.linked_event_id else followed.event_id end as layer_event_id,
    followed.place, followed.is_in, followed.is_out, followed.late_cost, followed.layer_qty, followed.amount,
    cast(followed.in_upto as decimal(18, 6)) as in_upto,
    cast(followed.out_upto as decimal(18, 6)) as out_upto,
    followed.is_here
from followed
inner join pools
    on followed.pool_number = pools.pool_number
where followed.place < coalesce(followed.first_odd_place, followed.place + 1)
