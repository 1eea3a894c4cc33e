-- Only moves that were told more than once: every other is in fct_stock_move as it always was.
with

run as (

    select * from {{ ref('int_control__run') }}

),

versions as (

    select * from {{ ref('int_stock__move_version') }}

),

restated as (

    select
        company_id,
        source_system,
        source_movement_id,
        source_movement_line
    from versions
    where superseded_at is not null
    group by company_id, source_system, source_movement_id, source_movement_line

)

select
    versions.company_id,
    versions.move_id,
    versions.version_id,
    versions.event_code,
    versions.item_id,
    versions.lot_number,
    versions.serial_number,
    versions.from_location_id,
    versions.from_state,
    versions.from_owner,
    versions.to_location_id,
    versions.to_state,
    versions.to_owner,
    versions.source_system,
    versions.source_movement_id,
    versions.source_movement_line,
    versions.superseded_at is null as is_current,

    versions.qty_base,

    versions.event_at,
    versions.event_date,
    versions.recorded_at,
    versions.known_at,
    versions.superseded_at,
    run.as_of_at,
    run.watermark_at
from versions
inner join restated
    on
        versions.company_id = restated.company_id
        and versions.source_system = restated.source_system
        and versions.source_movement_id = restated.source_movement_id
        and versions.source_movement_line = restated.source_movement_line
cross join run
