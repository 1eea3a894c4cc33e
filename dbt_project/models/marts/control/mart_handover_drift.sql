-- Between two stages lies what the first has handed over and the second has not taken. Whatever has
-- come further has passed the stages before it, told or not.
with

run as (

    select * from {{ ref('int_control__run') }}

),

companies as (

    select * from {{ ref('int_master__company') }}

),

stages as (

    select
        *,
        max(qty) over (
            partition by company_id, order_id, order_line, item_id
            order by stage_number
            rows between current row and unbounded following
        ) as handed_qty,
        max(qty) over (
            partition by company_id, order_id, order_line, item_id
            order by stage_number
            rows between 1 following and unbounded following
        ) as taken_qty,
        lead(stage_number) over (
            partition by company_id, order_id, order_line, item_id
            order by stage_number
        ) as next_stage_number,
        lead(last_at) over (
            partition by company_id, order_id, order_line, item_id
            order by stage_number
        ) as next_at,
        -- a kit leaves as its parts and is billed as itself: their pieces do not compare
        max(case when stage_number = 40 then 1 else 0 end) over (
            partition by company_id, order_id, order_line
        ) = 1 as is_line_billed
    from {{ ref('int_control__order_stage') }}

),

handed as (

    select
        stages.*,
        companies.timezone,
        companies.as_of_date,
        greatest(stages.handed_qty - coalesce(stages.taken_qty, 0), 0) as open_qty,
        stages.next_stage_number = stages.stage_number + 10 as is_next_told
    from stages
    inner join companies
        on stages.company_id = companies.company_id
    where
        stages.stage_number < 30
        or (
            stages.stage_number = 30
            and (stages.taken_qty is not null or (stages.is_billable and not stages.is_line_billed))
        )

)

select
    handed.company_id,
    handed.order_id,
    handed.order_line,
    handed.item_id,
    case handed.stage_number
        when 10 then 'reservation to pick'
        when 20 then 'pick to shipment'
        else 'shipment to invoice'
    end as handover,
    cast(handed.stage_number as integer) as handover_number,

    cast(handed.handed_qty as decimal(18, 6)) as handed_qty,
    cast(coalesce(handed.taken_qty, 0) as decimal(18, 6)) as taken_qty,
    cast(handed.open_qty as decimal(18, 6)) as open_qty,

    handed.first_at as handed_at,
    case when handed.is_next_told then handed.next_at end as taken_at,
    cast(
        case
            when handed.open_qty > 0
                then {{ days_between(local_date('handed.first_at', 'handed.timezone'), 'handed.as_of_date') }}
            when handed.is_next_told
                then {{ days_between(
                    local_date('handed.first_at', 'handed.timezone'),
                    local_date('handed.next_at', 'handed.timezone')
                ) }}
        end as bigint
    ) as days,
    run.as_of_at,
    run.watermark_at
from handed
cross join run
