with

run as (

    select * from {{ ref('int_control__run') }}

),

deliveries as (

    select * from {{ ref('fct_feed_delivery') }}

),

watermarks as (

    select * from {{ ref('int_control__feed_watermark') }}

),

lag_breaches as (

    select
        feed,
        source_system,
        company_id,
        sum(case when is_breach then 1 else 0 end) as breaches
    from {{ ref('int_control__lag_limit') }}
    where p95_limit_hours is not null
    group by feed, source_system, company_id

),

overdue as (

    select * from {{ ref('int_control__feed_overdue') }}

),

per_feed as (

    select
        feed,
        source_system,
        company_id,
        count(*) as deliveries,
        sum(case when status = 'loaded' then 1 else 0 end) as deliveries_loaded,
        sum(case when status = 'repeated' then 1 else 0 end) as deliveries_repeated,
        sum(case when status = 'refused' then 1 else 0 end) as deliveries_refused,
        sum(case when is_on_time then 1 else 0 end) as deliveries_on_time,
        sum(case when due_at is not null then 1 else 0 end) as deliveries_due,
        sum(rows_read) as rows_read,
        sum(rows_accepted) as rows_accepted,
        sum(rows_rejected) as rows_rejected,
        sum(rows_repeated) as rows_repeated,
        sum(rows_filtered) as rows_filtered,
        max(delivered_at) as last_delivered_at
    from deliveries
    where status <> 'superseded'
    group by feed, source_system, company_id

)

select
    per_feed.feed,
    per_feed.source_system,
    per_feed.company_id,

    per_feed.deliveries,
    cast(per_feed.deliveries_loaded as bigint) as deliveries_loaded,
    cast(per_feed.deliveries_repeated as bigint) as deliveries_repeated,
    cast(per_feed.deliveries_refused as bigint) as deliveries_refused,
    cast(per_feed.deliveries_on_time as bigint) as deliveries_on_time,
    cast(per_feed.deliveries_due as bigint) as deliveries_due,
    cast(per_feed.deliveries_due - per_feed.deliveries_on_time as bigint) as deliveries_late,
    {{ divide_exact(
        'per_feed.deliveries_on_time * 100', 'per_feed.deliveries_due', 4, from_scale=0, by_scale=0
    ) }} as on_time_pct,
    overdue.due_at as overdue_since_at,
    cast(per_feed.rows_read as bigint) as rows_read,
    cast(per_feed.rows_accepted as bigint) as rows_accepted,
    cast(per_feed.rows_rejected as bigint) as rows_rejected,
    cast(per_feed.rows_repeated as bigint) as rows_repeated,
    cast(per_feed.rows_filtered as bigint) as rows_filtered,
    {{ divide_exact(
        'per_feed.rows_rejected * 100', 'per_feed.rows_read', 4, from_scale=0, by_scale=0
    ) }} as rejected_pct,

    cast(lag_breaches.breaches as bigint) as lag_limit_breaches,

    per_feed.last_delivered_at,
    watermarks.watermark_at as feed_watermark_at,
    run.as_of_at,
    run.watermark_at
from per_feed
left join watermarks
    on
        per_feed.feed = watermarks.feed
        and per_feed.source_system = watermarks.source_system
        and per_feed.company_id = watermarks.company_id
left join lag_breaches
    on
        per_feed.feed = lag_breaches.feed
        and per_feed.source_system = lag_breaches.source_system
        and per_feed.company_id = lag_breaches.company_id
left join overdue
    on
        per_feed.feed = overdue.feed
        and per_feed.source_system = overdue.source_system
        and per_feed.company_id = overdue.company_id
cross join run
