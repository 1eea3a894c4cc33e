-- rendered from models/contracts/computed.py; edit there
select
    company_id,
    receipt_source_system,
    receipt_id,
    outcome,
    unapplied_amount,
    note
from {{ source('computed', 'cash_verdict') }}
