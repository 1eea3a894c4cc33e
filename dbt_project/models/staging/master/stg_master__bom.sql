-- rendered from models/contracts/master.py; edit there
with

latest as (

    {{ latest_version(source('raw', 'master_bom')) }}

)

select
    parent_item_code,
    component_item_code,
    qty_per,
    uom,
    bom_type,
    price_share,
    scrap_pct,
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
