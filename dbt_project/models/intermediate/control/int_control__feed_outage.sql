-- Spans of time of which a feed tells nothing: what is missing for good, and what is overdue now.

with

run as (

    select * from {{ ref('int_control__run') }}

),

findings as (

    select exception_id, code, company_id, business_key
    from {{ ref('int_exception__finding') }}
    where code in ('FEED_GAP', 'FEED_LATE')

),

spans as (

    select
        'FEED_GAP' as code, company_id, feed, from_at, to_at,
        gap in ('an announced file never came', 'numbers between two deliveries never came')
            as is_whole_delivery,
        concat_ws('|', feed, source_system, file_name, gap) as business_key
    from {{ ref('int_control__feed_gap') }}

    union all

    select
        'FEED_LATE', overdue.company_id, overdue.feed, overdue.reach_at, run.as_of_at,
        true,
        concat_ws(
            '|', overdue.feed, overdue.source_system, cast(overdue.due_at as date),
            {{ local_second('overdue.due_at', "'UTC'") }}
        )
    from {{ ref('int_control__feed_overdue') }} as overdue
    cross join run

)

select
    findings.exception_id,
    spans.company_id,
    spans.feed,
    spans.is_whole_delivery,
    spans.from_at,
    spans.to_at
from spans
inner join findings
    on
        spans.code = findings.code
        and spans.company_id = findings.company_id
        and spans.business_key = findings.business_key
where spans.to_at is not null
