-- Weather, web traffic, economy: what was said about a day, and since when it could be known.
with

run as (

    select * from {{ ref('int_control__run') }}

),

signals as (

    select * from {{ ref('stg_demand__signal') }}

),

item_codes as (

    select * from {{ ref('int_master__item_code') }}

),

location_codes as (

    select * from {{ ref('int_master__location_code') }}

)

select
    signals.company_id,
    signals.signal_name,
    signals.signal_date,
    cast(signals.available_from_at as date) as known_date,
    signals.is_forecast,
    item_codes.item_id,
    location_codes.location_id,
    signals.value
from signals
inner join run
    on signals.available_from_at <= run.as_of_at
left join item_codes
    on
        signals.source_system = item_codes.source_system
        and signals.company_id = item_codes.company_id
        and signals.item_code = item_codes.item_code
left join location_codes
    on
        signals.source_system = location_codes.source_system
        and signals.company_id = location_codes.company_id
        and signals.location_code = location_codes.location_code
where
    (signals.item_code is null or item_codes.item_id is not null)
    and (signals.location_code is null or location_codes.location_id is not null)
