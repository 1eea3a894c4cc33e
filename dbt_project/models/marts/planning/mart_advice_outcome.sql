with

run as (

    select * from {{ ref('int_control__run') }}

),

outcomes as (

    select * from {{ ref('int_planning__advice_outcome') }}

),

items as (

    select * from {{ ref('dim_item') }}

)

select
    outcomes.company_id,
    outcomes.item_id,
    items.item_name,
    outcomes.location_id,
    outcomes.advised_on,
    outcomes.advised_at,
    outcomes.handed_at,

    outcomes.order_qty,
    outcomes.advised_order_qty,
    outcomes.override_ids,
    cast(outcomes.ordered_qty as decimal(18, 6)) as ordered_qty,
    cast(outcomes.ordered_qty - outcomes.order_qty as decimal(18, 6)) as difference_qty,
    items.base_uom,
    outcomes.first_ordered_on,
    outcomes.followed_until,
    outcomes.is_decided,
    outcomes.done,

    outcomes.known_until,
    outcomes.is_over and outcomes.known_until = outcomes.judged_until as is_complete,
    outcomes.forecast_mean,
    cast(outcomes.demand_qty as decimal(18, 6)) as demand_qty,
    cast(
        case
            when outcomes.is_over and outcomes.known_until = outcomes.judged_until
                then outcomes.forecast_mean - outcomes.demand_qty
        end as decimal(18, 6)
    ) as forecast_error_qty,
    cast(outcomes.shipped_qty as decimal(18, 6)) as shipped_qty,
    {{ divide_exact(
        'cast(case when outcomes.shipped_qty < outcomes.demand_qty then outcomes.shipped_qty'
        ~ ' else outcomes.demand_qty end as decimal(18, 6))',
        'cast(outcomes.demand_qty as decimal(18, 6))', 6
    ) }} as fill_rate,
    outcomes.service_target,
    cast(outcomes.out_of_stock_days as bigint) as out_of_stock_days,
    cast(outcomes.excess_qty as decimal(18, 6)) as excess_qty,

    outcomes.reorder_point,
    outcomes.order_up_to,
    outcomes.position_qty as position_then,
    outcomes.horizon_days,
    outcomes.segment,
    outcomes.forecaster,
    outcomes.forecast_version,
    outcomes.advised_policy_version,
    run.as_of_at,
    run.watermark_at
from outcomes
left join items
    on
        outcomes.company_id = items.company_id
        and outcomes.item_id = items.item_id
cross join run
