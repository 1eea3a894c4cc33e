with

run as (

    select * from {{ ref('int_control__run') }}

),

watched as (

    select * from {{ ref('int_score__watched_line') }}

),

lines as (

    select * from {{ ref('int_score__billing_line') }}

)

select
    watched.company_id,
    watched.subject_id,
    watched.flag,
    lines.subject_kind,
    lines.order_id,
    lines.order_line,
    lines.shipment_id,
    lines.party_id,
    lines.item_id,
    lines.location_id,
    lines.order_date,

    watched.score,
    watched.rule_score,
    watched.is_flagged,
    watched.reasons,
    watched.model_version,

    run.as_of_at,
    run.watermark_at
from watched
inner join lines
    on
        watched.company_id = lines.company_id
        and watched.subject_id = lines.subject_id
cross join run
