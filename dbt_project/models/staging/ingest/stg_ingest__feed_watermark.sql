-- rendered from models/contracts/ingest.py; edit there
select
    feed,
    source_system,
    company_id,
    watermark_at,
    basis,
    rows
from {{ source('ingest', 'feed_watermark') }}
