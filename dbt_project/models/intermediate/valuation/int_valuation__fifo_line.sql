-- Events of pools under first in, first out, up to the first that a line of pieces cannot tell: goods
-- that come back, a layer that is revalued, stock that runs out. Only the sweep reads it, which gives
-- a second opinion on the engine; so the order of events (ruling C2) is told here once more.
with

pools as (

    select company_id, item_id, is_comparison, same_day_order, late_cost, backdating
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
        events.*, pools.is_comparison, pools.late_cost,
        case when event_kind in ('arrival', 'landed_cost', 'invoice_variance') then linked_event_id else event_id end
            as layer_event_id,
        event_kind in ('opening', 'receipt', 'count_in') as is_in,
        event_kind in ('issue', 'work_issue', 'scrap', 'count_out') as is_out,
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
        end as priority,
        -- where books only go forward, what was known late is booked on another day
        max(case
            when backdating = 'correct_forward' and (version_number > 1 or replaced_at is not null) then 1
            else 0
        end) over (partition by company_id, item_id, is_comparison) as has_versions,
        backdating = 'correct_forward' and posting_date < max(posting_date) over (
            partition by company_id, item_id, is_comparison order by known_at
            rows between unbounded preceding and current row
        ) as is_late_known
    from {{ ref('int_valuation__cost_event') }} as events
    inner join pools using (company_id, item_id)
    where event_kind not in ('transfer_in', 'transfer_out')

),

placed as (

    select
        *,
        row_number() over (
            partition by company_id, item_id, is_comparison
            order by posting_date, priority, event_at, movement_id, event_id
        ) as place,
        max(case when is_in then qty_base end)
            over (partition by company_id, item_id, is_comparison, layer_event_id) as layer_qty
    from events
    where replaced_at is null and has_versions = 0

),

walked as (      -- what is on its way lies on the line from the moment it is here

    select
        *,
        sum(case when is_out then qty_base else 0 end) over so_far as out_upto,
        sum(case when (is_in and not is_on_the_way) or event_kind = 'arrival' then layer_qty else 0 end) over so_far
            as in_upto,
        case
            when is_late_known and event_kind not in ('landed_cost', 'invoice_variance') then true
            when event_kind in ('arrival', 'landed_cost', 'invoice_variance') then layer_qty is null
            else not is_in and not is_out
        end as is_odd
    from placed
    window so_far as (
        partition by company_id, item_id, is_comparison order by place
        rows between unbounded preceding and current row
    )

),

followed as (

    select
        *,
        min(case when is_odd or out_upto > in_upto then place end)
            over (partition by company_id, item_id, is_comparison) as first_odd_place
    from walked

)

select
    company_id, item_id, is_comparison, event_id, layer_event_id, place,
    is_in, is_out, late_cost, layer_qty, amount, in_upto, out_upto,
    (is_in and not is_on_the_way) or event_kind = 'arrival' as is_here
from followed
where place < coalesce(first_odd_place, place + 1)
