{{ config(materialized='view') }}

select
    feed,
    source_system,
    company_id,
    batch_id,
    file_name,
    file_hash,
    delivered_at,
    due_at,
    case when due_at is not null then delivered_at <= due_at end as is_on_time,
    rows_read,
    rows_accepted,
    rows_rejected,
    rows_repeated,
    rows_filtered,
    control_total_expected,
    control_total_actual,
    status,
    message
from {{ ref('stg_ingest__feed_delivery') }}
