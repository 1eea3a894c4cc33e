with

run as (

    select * from {{ ref('int_control__run') }}

),

steps as (

    select * from {{ ref('int_planning__forecast_reason') }}

)

select
    steps.company_id,
    steps.item_id,
    items.item_name,
    steps.location_id,
    steps.step,

    steps.meaning,
    steps.input,
    steps.input_reading,
    steps.factor,
    steps.qty_after,
    items.base_uom,
    steps.horizon_days,

    steps.origin_date,
    steps.forecast_version,
    run.policy_version,
    run.as_of_at,
    run.watermark_at
from steps
inner join {{ ref('dim_item') }} as items
    on
        steps.company_id = items.company_id
        and steps.item_id = items.item_id
cross join run
