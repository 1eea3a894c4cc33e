{{ config(materialized='view') }}

select
    company_id,
    item_id,
    location_id,
    step,
    origin_date,
    input,
    meaning,
    input_reading,
    factor,
    qty_after,
    horizon_days,
    forecast_version
from {{ ref('stg_computed__forecast_reason') }}
