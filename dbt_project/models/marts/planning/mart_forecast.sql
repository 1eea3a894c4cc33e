with

run as (

    select * from {{ ref('int_control__run') }}

),

quantiles as (

    select * from {{ ref('int_planning__forecast') }}

),

items as (

    select * from {{ ref('dim_item') }}

)

select
    quantiles.company_id,
    quantiles.item_id,
    items.item_name,
    quantiles.location_id,
    quantiles.horizon_days,
    quantiles.quantile,

    quantiles.forecast_qty,
    quantiles.forecast_mean,
    items.base_uom,
    quantiles.is_protection_interval,
    quantiles.origin_date,
    quantiles.origin_date + cast(quantiles.horizon_days as integer) as horizon_end_date,

    quantiles.segment,
    quantiles.forecaster,
    quantiles.forecast_version,
    run.policy_version,
    run.as_of_at,
    run.watermark_at
from quantiles
inner join items
    on
        quantiles.company_id = items.company_id
        and quantiles.item_id = items.item_id
cross join run
