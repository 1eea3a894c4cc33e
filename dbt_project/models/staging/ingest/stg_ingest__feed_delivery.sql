-- rendered from models/contracts/ingest.py; edit there
select
    feed,
    source_system,
    company_id,
    batch_id,
    file_name,
    file_hash,
    delivered_at,
    due_at,
    rows_read,
    rows_accepted,
    rows_rejected,
    rows_repeated,
    rows_filtered,
    control_total_expected,
    control_total_actual,
    status,
    message
from {{ source('ingest', 'feed_delivery') }}
