{{ config(materialized='view') }}

select
    company_id,
    segment,
    volume,
    origin_date,
    horizon_class,
    forecaster,
    lines,
    demand_qty,
    recorded_qty,
    forecast_qty,
    absolute_error_qty,
    absolute_error_recorded_qty,
    bias_qty,
    wape,
    wape_recorded,
    bias,
    pinball_q50,
    pinball_q90,
    best_baseline,
    loss_against_best_baseline,
    is_baseline,
    is_champion,
    forecast_version
from {{ ref('stg_computed__forecast_accuracy') }}
