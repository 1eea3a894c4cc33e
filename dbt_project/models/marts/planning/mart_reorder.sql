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

items as (

    select * from {{ ref('dim_item') }}

),

settings as (

    select * from {{ ref('int_control__stock_setting') }}

),

placed as (

    select
        advice.*,
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
    inner join items
        on
            advice.company_id = items.company_id
            and advice.item_id = items.item_id
    left join positions
        on
            advice.company_id = positions.company_id
            and advice.item_id = positions.item_id
            and advice.location_id = positions.location_id

),

wanted as (      -- without a reorder point there is no answer, which is not the answer zero

    select
        *,
        case
            when reorder_point is null then null
            when position_qty > reorder_point or order_up_to <= position_qty then 0
            else greatest(order_up_to - position_qty, moq)
        end as wanted_qty,
        {{ divide_exact(
            'greatest(position_qty - reorder_point, 0)', 'cast(demand_mean_daily as decimal(18, 6))',
            2
        ) }} as days_to_reorder_point,
        position_qty > reorder_point and position_qty - in_transit_qty <= reorder_point
            as is_covered_in_transit
    from placed

)

select
    wanted.company_id,
    wanted.item_id,
    wanted.item_name,
    wanted.location_id,

    wanted.reorder_point,
    wanted.safety_stock,
    wanted.order_up_to,
    cast(
        wanted.wanted_qty
        + case
            when wanted.wanted_qty % wanted.order_multiple = 0 then 0
            else wanted.order_multiple - wanted.wanted_qty % wanted.order_multiple
        end as decimal(18, 6)
    ) as order_qty,
    wanted.base_uom,
    wanted.days_to_reorder_point,
    coalesce(
        wanted.position_qty > wanted.reorder_point
        and wanted.days_to_reorder_point <= settings.watch_days, false
    ) as is_on_watch,
    wanted.position_qty as position,
    wanted.on_hand_qty,
    wanted.reserved_qty,
    wanted.dock_qty,
    wanted.in_transit_qty,
    wanted.on_order_qty,
    wanted.open_demand_qty,

    wanted.forecast_mean,
    wanted.forecast_q50,
    wanted.forecast_q90,
    wanted.horizon_days,
    wanted.forecaster,
    wanted.backtest_pinball,
    wanted.demand_mean_daily,
    wanted.demand_sd_daily,
    wanted.lead_time_days,
    wanted.lead_time_sd_days,
    wanted.review_days,
    wanted.moq,
    wanted.order_multiple,

    wanted.service_target,
    wanted.service_kind,
    wanted.policy_id,
    wanted.policy_valid_from,
    run.policy_version,
    case
        when wanted.is_covered_in_transit
            then concat(wanted.reason, ' Nothing is ordered because of what is in transit.')
        else wanted.reason
    end as reason,
    wanted.origin_date,
    run.as_of_at,
    run.watermark_at
from wanted
cross join settings
cross join run
