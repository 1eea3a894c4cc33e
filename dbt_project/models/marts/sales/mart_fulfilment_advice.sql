with

run as (

    select * from {{ ref('int_control__run') }}

),

open_lines as (

    select
        source_system,
        company_id,
        order_id,
        order_line,
        max(ordered_item_id) as item_id,
        max(channel) as channel,
        max(location_id) as planned_location_id,
        max(due_date) as due_date,
        sum(wanted_qty) as wanted_qty,
        sum(shipped_qty) as shipped_qty,
        sum(reserved_qty) as reserved_qty,
        sum(unreserved_qty) as unreserved_qty
    from {{ ref('int_availability__claim') }}
    where company_id in (select company_id from {{ ref('int_availability__stock') }})
    group by source_system, company_id, order_id, order_line

),

ranked as (      -- all of it before a part of it, then the cost, then where it was planned

    select
        *,
        row_number() over (
            partition by source_system, company_id, order_id, order_line
            order by
                case when is_complete then 0 else 1 end asc,
                case when cost_amount is null then 1 else 0 end asc,
                cost_amount asc,
                case when site_id = planned_location_id then 0 else 1 end asc,
                free_qty desc,
                site_id asc
        ) as preference,
        count(*) over (
            partition by source_system, company_id, order_id, order_line
            rows between unbounded preceding and unbounded following
        ) as site_count
    from {{ ref('int_availability__site_option') }}

),

advised as (

    select
        open_lines.*,
        best.site_id as best_site_id,
        best.free_qty as best_qty,
        best.cost_amount as best_cost_amount,
        best.split_penalty_amount as best_split_penalty_amount,
        best.lead_time_days as best_lead_time_days,
        best.is_complete as is_best_complete,
        best.way as best_way,
        runner_up.site_id as runner_up_site_id,
        runner_up.free_qty as runner_up_qty,
        runner_up.cost_amount as runner_up_cost_amount,
        runner_up.split_penalty_amount as runner_up_split_penalty_amount,
        runner_up.is_complete as is_runner_up_complete,
        coalesce(best.site_count, 0) as site_count
    from open_lines
    left join ranked as best
        on
            open_lines.source_system = best.source_system
            and open_lines.company_id = best.company_id
            and open_lines.order_id = best.order_id
            and open_lines.order_line = best.order_line
            and best.preference = 1
    left join ranked as runner_up
        on
            open_lines.source_system = runner_up.source_system
            and open_lines.company_id = runner_up.company_id
            and open_lines.order_id = runner_up.order_id
            and open_lines.order_line = runner_up.order_line
            and runner_up.preference = 2

)

select
    advised.source_system,
    advised.company_id,
    advised.order_id,
    advised.order_line,
    advised.item_id,
    advised.channel,
    advised.due_date,
    cast(advised.wanted_qty as decimal(18, 6)) as wanted_qty,
    cast(advised.shipped_qty as decimal(18, 6)) as shipped_qty,
    cast(advised.reserved_qty as decimal(18, 6)) as reserved_qty,
    cast(advised.unreserved_qty as decimal(18, 6)) as unreserved_qty,
    advised.planned_location_id,

    case when advised.unreserved_qty = 0 then advised.planned_location_id else advised.best_site_id end
        as best_location_id,
    cast(advised.best_qty as decimal(18, 6)) as best_qty,
    advised.best_cost_amount,
    cast(advised.best_split_penalty_amount as decimal(18, 4)) as best_split_penalty_amount,
    advised.best_lead_time_days,
    advised.runner_up_site_id as runner_up_location_id,
    cast(advised.runner_up_qty as decimal(18, 6)) as runner_up_qty,
    advised.runner_up_cost_amount,
    cast(advised.runner_up_split_penalty_amount as decimal(18, 4)) as runner_up_split_penalty_amount,
    cast(advised.site_count as bigint) as site_count,
    case
        when advised.unreserved_qty = 0 then 'put aside already'
        when advised.best_site_id is null then 'no place has any of it free'
        when not advised.is_best_complete then 'no place has all of it; this one has most for the cost'
        when advised.runner_up_site_id is null then 'only place that has any of it free'
        when not advised.is_runner_up_complete then 'only place that has all of it free'
        when advised.best_cost_amount is null then 'has all of it; no lane says what it costs'
        when advised.runner_up_cost_amount is null
            then 'has all of it; no lane says what the next one costs'
        when advised.best_cost_amount < advised.runner_up_cost_amount
            then 'has all of it and costs less than the next one'
        else 'has all of it and costs no more than the next one'
    end as reason,
    run.policy_version,
    run.as_of_at,
    run.watermark_at
from advised
cross join run
