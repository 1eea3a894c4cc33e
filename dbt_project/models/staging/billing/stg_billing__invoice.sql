-- rendered from models/contracts/billing.py; edit there
with

latest as (

    {{ latest_version(source('raw', 'billing_invoice')) }}

)

select
    invoice_id,
    invoice_number,
    invoice_type,
    invoice_date,
    created_at,
    sent_at,
    posting_date,
    customer_code,
    bill_to_code,
    currency,
    fx_rate,
    net_amount,
    tax_amount,
    gross_amount,
    payment_terms_code,
    due_date,
    discount_date,
    discount_amount,
    customer_po,
    reference_invoice_id,
    reason_code,
    status,
    created_by,
    creation_mode,
    approved_at,
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
