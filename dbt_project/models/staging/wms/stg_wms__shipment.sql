-- rendered from models/contracts/wms.py; edit there
with

latest as (

    {{ latest_version(source('raw', 'wms_shipment')) }}

)

select
    shipment_id,
    shipment_number,
    shipment_type,
    ship_from_location,
    customer_code,
    ship_to_code,
    ship_to_country,
    ship_to_region,
    to_location_code,
    order_type,
    ship_confirm_at,
    recorded_at,
    promised_ship_at,
    promised_delivery_at,
    carrier_code,
    service_level,
    tracking_ref,
    freight_terms,
    fob_point,
    carton_count,
    gross_weight,
    weight_uom,
    hazmat_flag,
    status,
    cancelled_at,
    source_system,
    company_id,
    source_updated_at,
    is_deleted,
    _batch_id,
    _delivered_at,
    _source_file,
    _row_number
from latest
