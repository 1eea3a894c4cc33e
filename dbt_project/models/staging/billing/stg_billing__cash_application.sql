-- rendered from models/contracts/billing.py; edit there
with

latest as (

    {{ latest_version(source('raw', 'billing_cash_application')) }}

)

select
    cash_receipt_id,
    application_line,
    source_kind,
    settled_by,
    settling_document_id,
    invoice_id,
    invoice_number,
    amount_applied,
    discount_taken,
    deduction_amount,
    deduction_reason,
    write_off_amount,
    applied_at,
    applied_by,
    source_system,
    company_id,
    source_updated_at,
    is_deleted,
    _batch_id,
    _delivered_at,
    _source_file,
    _row_number
from latest
