-- rendered from models/contracts/policy.py; edit there
with

latest as (

    {{ latest_version(source('raw', 'policy_lane')) }}

)

select
    from_location_id,
    to_location_id,
    cost_per_unit,
    cost_per_shipment,
    lead_time_days,
    capacity_units,
    valid_from,
    valid_to,
    approved_by,
    approved_at,
    note,
    source_system,
    company_id,
    source_updated_at,
    is_deleted,
    _batch_id,
    _delivered_at,
    _source_file,
    _row_number
from latest
