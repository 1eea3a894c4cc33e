{{ config(materialized='view') }}

-- How each movement of goods was entered; changes of value alone move nothing.
select
    movements.company_id,
    location_codes.location_id,
    {{ local_date('movements.event_at', 'location_codes.timezone') }} as event_date,
    movements.source_system,
    movements.movement_id as source_movement_id,
    movements.movement_line as source_movement_line,
    movements.scan_method,
    movements.user_id
from {{ ref('stg_wms__stock_movement') }} as movements
inner join {{ ref('int_control__run') }} as run
    on movements.event_at <= run.as_of_at
inner join {{ ref('int_master__location_code') }} as location_codes
    on
        movements.source_system = location_codes.source_system
        and movements.company_id = location_codes.company_id
        and movements.location_code = location_codes.location_code
where movements.movement_type <> 'cost_only'
