-- rendered from models/contracts/demand.py; edit there
with

latest as (

    {{ latest_version(source('raw', 'demand_calendar_event')) }}

)

select
    event_id,
    event_type,
    start_date,
    end_date,
    known_from_date,
    item_code,
    category,
    location_code,
    channel,
    customer_code,
    value,
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
