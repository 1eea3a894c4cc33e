-- rendered from models/contracts/billing.py; edit there
with

latest as (

    {{ latest_version(source('raw', 'billing_cash_receipt')) }}

)

select
    cash_receipt_id,
    receipt_date,
    value_date,
    customer_code,
    payer_name,
    payer_account,
    amount,
    currency,
    payment_method,
    status,
    bank_ref,
    remittance_text,
    end_to_end_id,
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
