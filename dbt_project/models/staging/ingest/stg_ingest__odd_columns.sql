-- rendered from models/contracts/ingest.py; edit there
select
    feed,
    source_system,
    company_id,
    batch_id,
    file_name,
    oddity,
    odd_names
from {{ source('ingest', 'odd_columns') }}
