-- rendered from models/contracts/wms.py; edit there
with

latest as (

    {{ latest_version(source('raw', 'wms_inventory_snapshot')) }}

)

select
    snapshot_at,
    item_code,
    location_code,
    bin_code,
    stock_status,
    owner_party_code,
    lot_number,
    serial_number,
    handling_unit,
    qty,
    uom,
    qty_reserved,
    expiry_date,
    last_count_at,
    last_move_at,
    source_system,
    company_id,
    source_updated_at,
    is_deleted,
    _batch_id,
    _delivered_at,
    _source_file,
    _row_number
from latest
