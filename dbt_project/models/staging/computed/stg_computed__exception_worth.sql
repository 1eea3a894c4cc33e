-- rendered from models/contracts/computed.py; edit there
select
    company_id,
    code,
    party_id,
    recovered_share,
    closed_count,
    model_version
from {{ source('computed', 'exception_worth') }}
