-- rendered from models/contracts/wms.py; edit there
with

latest as (

    {{ latest_version(source('raw', 'wms_stock_movement')) }}

)

select
    movement_id,
    movement_line,
    movement_type,
    event_at,
    recorded_at,
    posting_date,
    item_code,
    qty,
    uom,
    qty_base,
    location_code,
    bin_code,
    stock_status,
    from_stock_status,
    counter_location_code,
    linked_movement_id,
    owner_party_code,
    lot_number,
    serial_number,
    expiry_date,
    handling_unit,
    reason_code,
    ref_doc_type,
    ref_doc_id,
    ref_doc_line,
    shipment_id,
    shipment_line,
    receipt_id,
    receipt_line,
    reversal_of_movement_id,
    unit_cost,
    ext_cost,
    cost_currency,
    costed_status,
    accounting_status,
    scan_method,
    user_id,
    approved_by,
    sequence_no,
    source_system,
    company_id,
    source_updated_at,
    is_deleted,
    _batch_id,
    _delivered_at,
    _source_file,
    _row_number
from latest
