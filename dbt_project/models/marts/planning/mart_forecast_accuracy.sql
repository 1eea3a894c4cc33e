with

run as (

    select * from {{ ref('int_control__run') }}

),

accuracy as (

    select * from {{ ref('int_planning__accuracy') }}

)

select
    accuracy.company_id,
    accuracy.segment,
    accuracy.volume,
    accuracy.origin_date,
    accuracy.horizon_class,
    accuracy.forecaster,
    accuracy.lines,
    accuracy.demand_qty,
    accuracy.recorded_qty,
    accuracy.forecast_qty,
    accuracy.absolute_error_qty,
    accuracy.absolute_error_recorded_qty,
    accuracy.bias_qty,
    accuracy.wape,
    accuracy.wape_recorded,
    accuracy.bias,
    accuracy.pinball_q50,
    accuracy.pinball_q90,
    accuracy.best_baseline,
    accuracy.loss_against_best_baseline,
    accuracy.is_baseline,
    accuracy.is_champion,
    accuracy.forecast_version,
    run.as_of_at,
    run.watermark_at
from accuracy
cross join run
