-- rendered from models/contracts/computed.py; edit there
select
    company_id,
    source_system,
    dispute_id,
    category,
    likeliest,
    confidence,
    reasons,
    model_version
from {{ source('computed', 'dispute_category') }}
