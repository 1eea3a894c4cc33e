-- rendered from models/contracts/ingest.py; edit there
select
    feed,
    source_system,
    company_id,
    valid_from,
    valid_to,
    cadence_minutes,
    latency_minutes,
    owner_role,
    contact,
    approved_by,
    approved_at,
    note
from {{ source('ingest', 'feed_contract') }}
