-- rendered from models/contracts/master.py; edit there
with

latest as (

    {{ latest_version(source('raw', 'master_location')) }}

)

select
    location_code,
    location_id,
    location_name,
    location_type,
    parent_location_id,
    valuation_area,
    cost_center,
    gln,
    country,
    region,
    timezone,
    sellable,
    channel_group,
    operator_party,
    valid_from,
    valid_to,
    source_system,
    company_id,
    source_updated_at,
    is_deleted,
    _batch_id,
    _delivered_at,
    _source_file,
    _row_number
from latest
