-- rendered from models/contracts/worklog.py; edit there
select
    rtb_key,
    content_key,
    expected_billing_id,
    company_id,
    seq,
    handed_at,
    as_of_at,
    batch,
    qty,
    net_amount_doc,
    supersedes_key
from {{ source('worklog', 'handed_line') }}
