-- rendered from models/contracts/demand.py; edit there
with

latest as (

    {{ latest_version(source('raw', 'demand_signal')) }}

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
