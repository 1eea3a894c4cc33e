with

run as (

    select * from {{ ref('int_control__run') }}

),

deviations as (

    select * from {{ ref('int_availability__channel_deviation') }}

)

select
    deviations.company_id,
    deviations.item_id,
    deviations.location_id,
    deviations.channel,
    deviations.date,
    deviations.on_shelf_qty as on_shelf,
    deviations.safety_buffer_qty as safety_buffer,
    deviations.available_qty as expected_available,
    deviations.shown_qty as actual_available,
    deviations.difference_qty as difference,
    deviations.is_latest,
    deviations.policy_id,
    run.policy_version,
    run.as_of_at,
    run.watermark_at
from deviations
cross join run
