-- rendered from models/contracts/wms.py; edit there
with

latest as (

    {{ latest_version(source('raw', 'wms_inbound_line')) }}

)

select
    inbound_id,
    inbound_line,
    inbound_type,
    ref_order_id,
    ref_order_line,
    supplier_code,
    from_location_code,
    to_location_code,
    item_code,
    qty_expected,
    uom,
    fob_point,
    title_transfer_at,
    shipped_at,
    eta_at,
    carrier_code,
    tracking_ref,
    lot_number,
    handling_unit,
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
