-- Feeds whose next delivery should be here and is not, by the agreed cadence. What was delivered
-- after the moment the run asks for was not here then.

with

run as (

    select * from {{ ref('int_control__run') }}

),

latest as (

    select
        due.*,
        run.as_of_at,
        due.reach_at + (due.cadence_minutes + due.latency_minutes) * interval 1 minute as due_at_next,
        row_number() over (
            partition by due.feed, due.source_system, due.company_id
            order by due.reach_at desc, due.delivered_at desc, due.file_name asc
        ) as recency
    from {{ ref('int_control__feed_due') }} as due
    inner join run
        on due.delivered_at <= run.as_of_at

),

windows as (

    select * from {{ ref('stg_ingest__maintenance_window') }}

)

select
    latest.feed,
    latest.source_system,
    latest.company_id,
    latest.reach_at,
    latest.due_at_next as due_at,
    latest.cadence_minutes,
    latest.latency_minutes,
    latest.owner_role
from latest
left join windows
    on
        windows.feed in (latest.feed, '*')
        and windows.source_system in (latest.source_system, '*')
        and windows.company_id in (latest.company_id, '*')
        and latest.due_at_next between windows.starts_at and windows.ends_at
        and latest.as_of_at <= windows.ends_at
where
    latest.recency = 1
    and latest.due_at_next < latest.as_of_at
    and windows.starts_at is null
