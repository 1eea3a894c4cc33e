{{ config(materialized='view') }}

-- Seconds from an event to each step. A negative figure is a clock that runs wrong or a document
-- written in advance; it is kept as it is and counted.
with

run as (

    select * from {{ ref('int_control__run') }}

),

events as (

    select * from {{ ref('int_control__feed_event') }}

),

postings as (

    select
        company_id,
        source_doc_type,
        source_doc_id,
        min(entered_at) as posted_at
    from {{ ref('stg_gl__journal_line') }}
    inner join run
        on entered_at <= run.as_of_at
    where posted_status = 'posted' and source_doc_id is not null
    group by company_id, source_doc_type, source_doc_id

),

timed as (

    select
        events.*,
        postings.posted_at,
        {{ local_second('events.event_at', "'UTC'") }} as event_second
    from events
    left join postings
        on
            events.company_id = postings.company_id
            and events.document_type = postings.source_doc_type
            and events.document_id = postings.source_doc_id

)

select
    company_id,
    source_system,
    feed,
    location_id,
    event_type,
{%- for step in ['recorded', 'loaded', 'posted'] %}
    {{ days_between('cast(event_at as date)', 'cast(' ~ step ~ '_at as date)') }} * 86400
    + {{ local_second(step ~ '_at', "'UTC'") }} - event_second as {{ step }}_seconds{{ ',' if not loop.last }}
{%- endfor %}
from timed
