-- rendered from models/contracts/billing.py; edit there
with

latest as (

    {{ latest_version(source('raw', 'billing_dispute')) }}

)

select
    dispute_id,
    opened_at,
    closed_at,
    invoice_id,
    invoice_line,
    customer_code,
    amount,
    currency,
    reason_code,
    free_text,
    status,
    resolution_code,
    credit_invoice_id,
    owner,
    source_system,
    company_id,
    source_updated_at,
    is_deleted,
    _batch_id,
    _delivered_at,
    _source_file,
    _row_number
from latest
