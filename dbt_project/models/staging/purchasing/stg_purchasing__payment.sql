-- rendered from models/contracts/purchasing.py; edit there
with

latest as (

    {{ latest_version(source('raw', 'purchasing_payment')) }}

)

select
    payment_id,
    payment_line,
    payment_date,
    supplier_code,
    supplier_invoice_id,
    amount_applied,
    discount_taken,
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
