select
    source_system,
    company_id,
    location_code,
    declaration,
    value
from {{ source('ingest', 'declaration') }}
