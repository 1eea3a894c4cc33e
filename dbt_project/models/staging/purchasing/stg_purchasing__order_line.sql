-- rendered from models/contracts/purchasing.py; edit there
with

latest as (

    {{ latest_version(source('raw', 'purchasing_order_line')) }}

)

select
    po_id,
    po_line,
    po_type,
    supplier_code,
    from_location_code,
    item_code,
    order_date,
    promised_date,
    confirmed_at,
    to_location_code,
    qty_ordered,
    qty_cancelled,
    uom,
    unit_price,
    price_basis_qty,
    currency,
    fob_point,
    transfer_price,
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
