-- rendered from models/contracts/demand.py; edit there
with

latest as (

    {{ latest_version(
        relation=source('raw', 'demand_signal'),
        key=['source_system', 'company_id', 'signal_name', 'signal_date', 'available_from_at', 'location_code', 'item_code'],
    ) }}

)

select
    signal_name,
    signal_date,
    available_from_at,
    is_forecast,
    horizon_days,
    location_code,
    item_code,
    value,
    unit,
    source_system,
    company_id,
    source_updated_at,
    is_deleted,
    _batch_id,
    _delivered_at,
    _source_file,
    _row_number
from latest
