{{ config(materialized='view') }}

-- A delivery inside an agreed pause counts as on time, whenever it was due.
select
    deliveries.feed,
    deliveries.source_system,
    deliveries.company_id,
    deliveries.batch_id,
    deliveries.file_name,
    deliveries.file_hash,
    deliveries.delivered_at,
    coalesce(due.due_at, deliveries.due_at) as due_at,
    case
        when coalesce(due.due_at, deliveries.due_at) is not null
            then
                deliveries.delivered_at <= coalesce(due.due_at, deliveries.due_at)
                or coalesce(due.is_in_pause, false)
    end as is_on_time,
    deliveries.rows_read,
    deliveries.rows_accepted,
    deliveries.rows_rejected,
    deliveries.rows_repeated,
    deliveries.rows_filtered,
    deliveries.control_total_expected,
    deliveries.control_total_actual,
    deliveries.status,
    deliveries.message
from {{ ref('stg_ingest__feed_delivery') }} as deliveries
left join {{ ref('int_control__feed_due') }} as due
    on
        deliveries.feed = due.feed
        and deliveries.source_system = due.source_system
        and deliveries.company_id = due.company_id
        and case when deliveries.status = 'loaded' then deliveries.batch_id end = due.batch_id
        and deliveries.file_name = due.file_name
