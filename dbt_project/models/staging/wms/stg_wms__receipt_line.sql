-- rendered from models/contracts/wms.py; edit there
with

latest as (

    {{ latest_version(source('raw', 'wms_receipt_line')) }}

)

select
    receipt_id,
    receipt_line,
    receipt_number,
    receipt_type,
    status,
    ref_order_id,
    ref_order_line,
    inbound_id,
    inbound_line,
    received_at,
    putaway_at,
    item_code,
    qty_received,
    qty_rejected,
    qty_accepted,
    uom,
    inspection_result,
    inspection_at,
    disposition,
    condition_code,
    location_code,
    bin_code,
    lot_number,
    serial_number,
    expiry_date,
    supplier_code,
    return_reason_code,
    original_shipment_id,
    original_shipment_line,
    unit_cost,
    cost_currency,
    reversal_of_receipt_id,
    source_system,
    company_id,
    source_updated_at,
    is_deleted,
    _batch_id,
    _delivered_at,
    _source_file,
    _row_number
from latest
