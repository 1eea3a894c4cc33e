-- rendered from models/contracts/billing.py; edit there
with

latest as (

    {{ latest_version(source('raw', 'billing_invoice_line')) }}

)

select
    invoice_id,
    invoice_line,
    line_type,
    item_code,
    description,
    qty_billed,
    uom,
    unit_price,
    price_uom,
    price_basis_qty,
    net_amount,
    tax_code,
    tax_amount,
    order_id,
    order_line,
    shipment_id,
    shipment_line,
    billable_event_id,
    price_source,
    manual_price_flag,
    cogs_amount,
    revenue_account,
    lot_number,
    source_system,
    company_id,
    source_updated_at,
    is_deleted,
    _batch_id,
    _delivered_at,
    _source_file,
    _row_number
from latest
