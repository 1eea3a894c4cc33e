-- Events that may move demand, with the gold keys of what they are about and since when they were known.
with

run as (

    select * from {{ ref('int_control__run') }}

),

events as (

    select * from {{ ref('stg_demand__calendar_event') }}

),

item_codes as (

    select * from {{ ref('int_master__item_code') }}

),

location_codes as (

    select * from {{ ref('int_master__location_code') }}

)

select
    events.company_id,
    events.event_id,
    events.event_type,
    events.start_date,
    events.end_date,
    events.known_from_date,
    item_codes.item_id,
    location_codes.location_id,
    events.category,
    events.value
from events
inner join run
    on events.known_from_date <= cast(run.as_of_at as date)
left join item_codes
    on
        events.source_system = item_codes.source_system
        and events.company_id = item_codes.company_id
        and events.item_code = item_codes.item_code
left join location_codes
    on
        events.source_system = location_codes.source_system
        and events.company_id = location_codes.company_id
        and events.location_code = location_codes.location_code
where
    (events.item_code is null or item_codes.item_id is not null)
    and (events.location_code is null or location_codes.location_id is not null)
