-- rendered from models/contracts/purchasing.py; edit there
with

latest as (

    {{ latest_version(source('raw', 'purchasing_invoice')) }}

)

select
    supplier_invoice_id,
    invoice_number,
    invoice_type,
    supplier_code,
    invoice_date,
    posting_date,
    due_date,
    currency,
    fx_rate,
    net_amount,
    tax_amount,
    gross_amount,
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
