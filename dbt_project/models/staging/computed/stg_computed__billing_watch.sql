-- rendered from models/contracts/computed.py; edit there
select
    company_id,
    subject_id,
    flag,
    score,
    rule_score,
    is_flagged,
    reasons,
    model_version
from {{ source('computed', 'billing_watch') }}
