-- rendered from models/contracts/wms.py; edit there
with

latest as (

    {{ latest_version(source('raw', 'wms_delivery_event')) }}

)

select
    shipment_id,
    event_seq,
    event_type,
    event_at,
    recorded_at,
    shipment_line,
    qty_delivered,
    qty_short,
    qty_damaged,
    uom,
    pod_ref,
    signed_by,
    carrier_code,
    source_system,
    company_id,
    source_updated_at,
    is_deleted,
    _batch_id,
    _delivered_at,
    _source_file,
    _row_number
from latest
