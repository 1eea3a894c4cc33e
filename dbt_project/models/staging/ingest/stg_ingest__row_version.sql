-- rendered from models/contracts/ingest.py; edit there
select
    feed,
    _batch_id,
    _source_file,
    _row_number,
    _row_hash,
    superseded_at,
    first_delivered_at,
    is_current
from {{ source('ingest', 'row_version') }}
