-- rendered from models/contracts/computed.py; edit there
select
    company_id,
    receipt_source_system,
    receipt_id,
    invoice_source_system,
    invoice_id,
    instalment,
    rule_code,
    currency,
    applied_amount,
    discount_amount,
    deduction_amount,
    deduction_reason,
    write_off_amount
from {{ source('computed', 'cash_proposal') }}
