-- rendered from models/contracts/master.py; edit there
with

latest as (

    {{ latest_version(source('raw', 'master_uom')) }}

)

select
    item_id,
    from_uom,
    to_uom,
    numerator,
    denominator,
    valid_from,
    valid_to,
    unece_code,
    source_system,
    company_id,
    source_updated_at,
    is_deleted,
    _batch_id,
    _delivered_at,
    _source_file,
    _row_number
from latest
