-- rendered from models/contracts/wms.py; edit there
with

latest as (

    {{ latest_version(source('raw', 'wms_allocation')) }}

)

select
    allocation_id,
    order_id,
    order_line,
    item_code,
    location_code,
    bin_code,
    qty_reserved,
    qty_picked,
    qty_packed,
    qty_short,
    uom,
    lot_number,
    supply_type,
    channel,
    hard_soft,
    reserved_at,
    picked_at,
    packed_at,
    released_at,
    expires_at,
    status,
    source_system,
    company_id,
    source_updated_at,
    is_deleted,
    _batch_id,
    _delivered_at,
    _source_file,
    _row_number
from latest
