select
    deliveries.feed,
    deliveries.source_system,
    deliveries.company_id,
    deliveries.batch_id,
    deliveries.file_name,
    deliveries.file_hash,
    deliveries.status,
    deliveries.message,
    deliveries.is_on_time,

    deliveries.rows_read,
    deliveries.rows_accepted,
    deliveries.rows_rejected,
    deliveries.rows_repeated,
    deliveries.rows_filtered,
    deliveries.control_total_expected,
    deliveries.control_total_actual,

    deliveries.delivered_at,
    deliveries.due_at,
    run.as_of_at,
    run.watermark_at
from {{ ref('int_control__feed_delivery') }} as deliveries
cross join {{ ref('int_control__run') }} as run
