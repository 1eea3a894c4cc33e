with

run as (

    select * from {{ ref('int_control__run') }}

),

advice as (

    select * from {{ ref('int_planning__reorder_advice') }}

),

positions as (

    select * from {{ ref('int_planning__position') }}

),

settings as (

    select * from {{ ref('int_control__stock_setting') }}

),

orders as (      -- the figures that hold, and what was advised

    select * from {{ ref('int_planning__order_quantity') }}

),

placed as (

    select
        advice.*,
        orders.reorder_point as decided_point,
        orders.safety_stock as decided_safety_stock,
        orders.order_up_to as decided_order_up_to,
        orders.order_qty,
        orders.advised_order_qty,
        orders.override_ids,
        orders.override_reason,
        orders.override_expires_at,
        items.item_name,
        items.base_uom,
        coalesce(items.moq, 0) as moq,
        case when items.order_multiple > 0 then items.order_multiple else 1 end as order_multiple,
        coalesce(positions.on_hand_qty, 0) as on_hand_qty,
        coalesce(positions.reserved_qty, 0) as reserved_qty,
        coalesce(positions.dock_qty, 0) as dock_qty,
        coalesce(positions.in_transit_qty, 0) as in_transit_qty,
        coalesce(positions.on_order_qty, 0) as on_order_qty,
        coalesce(positions.open_demand_qty, 0) as open_demand_qty,
        coalesce(positions.position_qty, 0) as position_qty
    from advice
    inner join orders
        on
            advice.company_id = orders.company_id
            and advice.item_id = orders.item_id
            and advice.location_id = orders.location_id
    inner join {{ ref('dim_item') }} as items
        on
            advice.company_id = items.company_id
            and advice.item_id = items.item_id
    left join positions
        on
            advice.company_id = positions.company_id
            and advice.item_id = positions.item_id
            and advice.location_id = positions.location_id

),

decided as (

    select
        *,
        {{ divide_exact(
            'greatest(position_qty - decided_point, 0)',
            'cast(demand_mean_daily as decimal(18, 6))', 2
        ) }} as days_to_reorder_point,
        case
            when position_qty > decided_point and position_qty - in_transit_qty <= decided_point
                then 'Nothing is ordered because of what is in transit.'
        end as told_of_transit
    from placed

)

select
    decided.company_id,
    decided.item_id,
    decided.item_name,
    decided.location_id,

    decided.decided_point as reorder_point,
    decided.decided_safety_stock as safety_stock,
    decided.decided_order_up_to as order_up_to,
    decided.order_qty,
    decided.base_uom,
    decided.reorder_point as advised_reorder_point,
    decided.safety_stock as advised_safety_stock,
    decided.order_up_to as advised_order_up_to,
    decided.advised_order_qty,
    decided.override_ids is not null as is_overridden,
    decided.override_ids,
    decided.override_reason,
    decided.override_expires_at,
    decided.days_to_reorder_point,
    coalesce(
        decided.position_qty > decided.decided_point
        and decided.days_to_reorder_point <= settings.watch_days, false
    ) as is_on_watch,
    decided.position_qty as position,
    decided.on_hand_qty,
    decided.reserved_qty,
    decided.dock_qty,
    decided.in_transit_qty,
    decided.on_order_qty,
    decided.open_demand_qty,

    decided.forecast_mean,
    decided.forecast_q50,
    decided.forecast_q90,
    decided.horizon_days,
    decided.forecaster,
    decided.backtest_pinball,
    decided.demand_mean_daily,
    decided.demand_sd_daily,
    decided.lead_time_days,
    decided.lead_time_sd_days,
    decided.review_days,
    decided.moq,
    decided.order_multiple,

    decided.service_target,
    decided.service_kind,
    decided.policy_id,
    decided.policy_valid_from,
    run.policy_version,
    concat_ws(' ', decided.reason, decided.told_of_transit) as reason,
    decided.origin_date,
    run.as_of_at,
    run.watermark_at
from decided
cross join settings
cross join run
