{{ config(materialized='view') }}

with

reorders as (

    select * from {{ ref('stg_computed__reorder') }}

),

champions as (

    select * from {{ ref('stg_computed__forecast') }}
    where is_champion

)

select
    reorders.company_id,
    reorders.item_id,
    reorders.location_id,
    reorders.reorder_point,
    reorders.safety_stock,
    reorders.order_up_to,
    reorders.lead_time_days,
    reorders.lead_time_sd_days,
    reorders.review_days,
    reorders.service_target,
    reorders.service_kind,
    reorders.holding_rate,
    reorders.demand_mean_daily,
    reorders.demand_sd_daily,
    reorders.forecaster,
    reorders.policy_id,
    reorders.policy_valid_from,
    reorders.reason,
    reorders.origin_date,
    champions.horizon_days,
    champions.forecast_mean,
    champions.forecast_q50,
    champions.forecast_q90,
    champions.backtest_pinball
from reorders
left join champions
    on
        reorders.company_id = champions.company_id
        and reorders.item_id = champions.item_id
        and reorders.location_id = champions.location_id
        and reorders.forecaster = champions.forecaster
        and reorders.origin_date = champions.origin_date
