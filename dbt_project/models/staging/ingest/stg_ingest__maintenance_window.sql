-- rendered from models/contracts/ingest.py; edit there
select
    feed,
    source_system,
    company_id,
    starts_at,
    ends_at,
    approved_by,
    note
from {{ source('ingest', 'maintenance_window') }}
