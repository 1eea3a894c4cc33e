{{ config(materialized='view') }}

select
    company_id,
    item_id,
    location_id,
    origin_date,
    horizon_days,
    quantile,
    forecast_qty,
    forecast_mean,
    is_protection_interval,
    segment,
    forecaster,
    forecast_version
from {{ ref('stg_computed__forecast_quantile') }}
