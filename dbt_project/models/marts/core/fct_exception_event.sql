with

run as (

    select * from {{ ref('int_control__run') }}

),

events as (

    select * from {{ ref('int_exception__event') }}

),

exceptions as (

    select * from {{ ref('fct_exception') }}

)

select
    events.company_id,
    events.exception_id,
    cast(events.seq as bigint) as seq,
    exceptions.code,
    exceptions.leakage_category,
    exceptions.business_key,
    events.action,
    events.actor,
    events.role,
    events.status,
    events.assigned_to,
    events.resolution,
    events.note,
    cast(events.exposure_amount as decimal(18, 4)) as exposure_amount,
    exceptions.currency,
    events.noted_at,
    events.as_of_at as figures_as_of_at,
    run.as_of_at,
    run.watermark_at
from events
inner join exceptions
    on events.exception_id = exceptions.exception_id
cross join run
