-- rendered from models/contracts/control.py; edit there
with

latest as (

    {{ latest_version(source('raw', 'control_feed_manifest')) }}

)

select
    feed_name,
    batch_id,
    produced_at,
    schema_version,
    row_count,
    sum_qty,
    sum_amount,
    first_sequence,
    last_sequence,
    watermark_at,
    checksum,
    sender,
    is_test,
    source_system,
    company_id,
    source_updated_at,
    is_deleted,
    _batch_id,
    _delivered_at,
    _source_file,
    _row_number
from latest
