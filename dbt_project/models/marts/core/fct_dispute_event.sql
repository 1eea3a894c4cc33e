with

run as (

    select * from {{ ref('int_control__run') }}

),

events as (

    select * from {{ ref('int_dispute__event') }}

)

select
    events.company_id,
    events.source_system,
    events.dispute_id,
    cast(
        row_number() over (
            partition by events.company_id, events.source_system, events.dispute_id
            order by
                events.event_at, events.event_kind, events.document_id, events.document_line,
                events.amount_doc, events.qty
        ) as bigint
    ) as position,
    events.event_at,
    events.event_kind,
    events.document_id,
    events.document_line,
    cast(events.qty as decimal(18, 6)) as qty,
    cast(events.amount_doc as decimal(18, 4)) as amount_doc,
    nullif(events.detail, '') as detail,
    run.as_of_at,
    run.watermark_at
from events
cross join run
where events.event_at <= run.as_of_at
