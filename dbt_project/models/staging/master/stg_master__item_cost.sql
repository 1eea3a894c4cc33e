-- rendered from models/contracts/master.py; edit there
with

latest as (

    {{ latest_version(source('raw', 'master_item_cost')) }}

)

select
    item_code,
    location_code,
    lot_number,
    cost_type,
    unit_cost,
    currency,
    valid_from,
    valid_to,
    components_json,
    approved_by,
    source_system,
    company_id,
    source_updated_at,
    is_deleted,
    _batch_id,
    _delivered_at,
    _source_file,
    _row_number
from latest
