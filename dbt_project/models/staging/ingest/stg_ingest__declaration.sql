-- rendered from models/contracts/ingest.py; edit there
select
    source_system,
    company_id,
    location_code,
    declaration,
    value
from {{ source('ingest', 'declaration') }}
