-- A delivery past its due time, or one that is overdue now. The problem is the due time that was
-- missed, so a delivery that comes at last is the same problem as the one that was waited for.

with

run as (

    select * from {{ ref('int_control__run') }}

),

late as (

    select
        due.feed, due.source_system, due.company_id, due.file_name, due.due_at, due.reach_at,
        due.latency_minutes, due.owner_role,
        least(due.delivered_at, run.as_of_at) as waited_until
    from {{ ref('int_control__feed_due') }} as due
    inner join run
        on due.due_at < run.as_of_at
    where due.delivered_at > due.due_at and not due.is_in_pause

    union all

    select
        overdue.feed, overdue.source_system, overdue.company_id, null, overdue.due_at,
        overdue.reach_at, overdue.latency_minutes, overdue.owner_role, run.as_of_at
    from {{ ref('int_control__feed_overdue') }} as overdue
    cross join run

),

measured as (

    select
        *,
        {{ days_between('cast(due_at as date)', 'cast(waited_until as date)') }} * 1440
        + (
            {{ local_second('waited_until', "'UTC'") }} - {{ local_second('due_at', "'UTC'") }}
        ) / 60 as late_minutes,
        row_number() over (
            partition by company_id, feed, source_system, due_at
            order by case when file_name is null then 1 else 0 end, file_name
        ) as turn
    from late

)

select
    'FEED_LATE' as code,
    company_id,
    concat_ws(
        '|', feed, source_system, cast(due_at as date), {{ local_second('due_at', "'UTC'") }}
    ) as business_key,
    cast(null as varchar) as root_exception_id,
    cast(null as varchar) as party_id,
    cast(null as varchar) as item_id,
    cast(null as varchar) as location_id,
    cast(null as varchar) as movement_id,
    cast(null as varchar) as receipt_id,
    cast(null as varchar) as transfer_id,
    cast(null as varchar) as count_id,
    due_at as first_event_at,
    due_at as detected_at,
    cast(0 as decimal(18, 4)) as exposure_amount,
    'not known: what waits for the data names its own' as exposure_basis,
    'a delivery comes within its agreed time' as rule_id,
    {{ json_text([
        ('feed', 'feed'),
        ('source_system', 'source_system'),
        ('file', 'file_name'),
        ('due_at', 'due_at'),
        ('late_minutes', 'cast(floor(late_minutes) as bigint)'),
        ('agreed_minutes', 'latency_minutes'),
        ('owner', 'owner_role'),
        ('escalate_to', "case when late_minutes >= latency_minutes then 'owner and council' else 'owner' end"),
    ]) }} as evidence
from measured
where turn = 1
