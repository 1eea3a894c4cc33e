-- rendered from models/contracts/master.py; edit there
with

latest as (

    {{ latest_version(source('raw', 'master_item_xref')) }}

)

select
    xref_source,
    source_code,
    item_id,
    source_uom,
    pack_qty,
    valid_from,
    valid_to,
    match_method,
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
