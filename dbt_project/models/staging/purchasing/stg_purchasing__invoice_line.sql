-- rendered from models/contracts/purchasing.py; edit there
with

latest as (

    {{ latest_version(source('raw', 'purchasing_invoice_line')) }}

)

select
    supplier_invoice_id,
    invoice_line,
    invoice_number,
    invoice_date,
    posting_date,
    supplier_code,
    line_type,
    po_id,
    po_line,
    receipt_id,
    receipt_line,
    item_code,
    qty_invoiced,
    uom,
    unit_price,
    net_amount,
    tax_amount,
    currency,
    status,
    gl_document_id,
    source_system,
    company_id,
    source_updated_at,
    is_deleted,
    _batch_id,
    _delivered_at,
    _source_file,
    _row_number
from latest
