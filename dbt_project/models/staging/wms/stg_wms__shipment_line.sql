-- rendered from models/contracts/wms.py; edit there
with

latest as (

    {{ latest_version(source('raw', 'wms_shipment_line')) }}

)

select
    shipment_id,
    shipment_line,
    order_id,
    order_line,
    item_code,
    location_code,
    bin_code,
    parent_item_code,
    qty_ordered,
    qty_shipped,
    uom,
    qty_short_reason,
    catch_weight,
    lot_number,
    serial_number,
    handling_unit,
    ext_cost,
    cost_currency,
    no_charge_flag,
    no_charge_reason,
    source_system,
    company_id,
    source_updated_at,
    is_deleted,
    _batch_id,
    _delivered_at,
    _source_file,
    _row_number
from latest
