-- What the worklog says of each exception, folded to where it stands.

with

days as (

    select * from {{ ref('int_billing__business_day') }}

),

events as (

    select * from {{ ref('int_exception__event') }}

),

statuses as (      -- in business seconds, so that the time spent waiting can be taken out

    select
        events.exception_id,
        events.seq,
        events.status,
        events.as_of_at,
        (days.day_number - case when days.is_business_day then 1 else 0 end) * 86400
        + case
            when days.is_business_day
                then {{ local_second('events.as_of_at', 'events.timezone') }}
            else 0
        end as business_second
    from events
    left join days
        on
            events.company_id = days.company_id
            and {{ local_date('events.as_of_at', 'events.timezone') }} = days.date
    where events.status is not null

),

spells as (

    select
        *,
        lead(business_second) over (partition by exception_id order by seq) - business_second
            as lasting_seconds,
        -- the clock starts anew when a problem comes back
        max(case when status = 'reopened' then seq else 0 end) over (
            partition by exception_id
            order by seq
            rows between unbounded preceding and unbounded following
        ) as last_reopened_seq
    from statuses

),

waited as (

    select exception_id, sum(lasting_seconds) as waited_seconds
    from spells
    where status = 'waiting' and lasting_seconds is not null and seq > last_reopened_seq
    group by exception_id

),

folded as (

    select
        exception_id,
        min(company_id) as company_id,
        min(case when action = 'detected' then seq end) as detected_seq,
        max(case when status is not null then seq end) as status_seq,
        max(case when status = 'reopened' then seq end) as reopened_seq,
        max(case when action = 'assigned' then seq end) as assigned_seq,
        max(case when action <> 'assigned' and note is not null then seq end) as note_seq,
        max(case when exposure_amount is not null and code is not null then seq end) as seen_seq,
        max(case when action in ('detected', 'changed', 'reopened', 'gone') then seq end) as run_seq,
        max(case when action = 'gone' then seq end) as gone_seq,
        sum(case when status = 'reopened' then 1 else 0 end) as reopened_count,
        sum(case when action = 'commented' then 1 else 0 end) as comment_count
    from events
    group by exception_id

)

select
    folded.*,
    coalesce(folded.gone_seq = folded.run_seq, false) as is_gone,
    detected.detected_at as first_detected_at,
    stood.status as noted_status,
    stood.resolution as noted_resolution,
    stood.exposure_amount as resolved_exposure_amount,
    stood.as_of_at as status_as_of_at,
    stood.noted_at as status_at,
    stood.actor as status_by,
    reopened.as_of_at as reopened_as_of_at,
    assigned.assigned_to,
    noted.note as last_note,
    coalesce(waited.waited_seconds, 0) as waited_seconds
from folded
left join events as detected
    on folded.detected_seq = detected.seq
left join events as stood
    on folded.status_seq = stood.seq
left join events as reopened
    on folded.reopened_seq = reopened.seq
left join events as assigned
    on folded.assigned_seq = assigned.seq
left join events as noted
    on folded.note_seq = noted.seq
left join waited
    on folded.exception_id = waited.exception_id
