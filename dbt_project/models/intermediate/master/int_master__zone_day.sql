-- Asking the zone tables for the local date of every movement costs more than all else that is read
-- of it. On a day without a change of clocks two dates and the moment between them say the same.
with

zones as (

    select timezone from {{ ref('int_master__location_code') }}
    group by timezone

),

moved as (

    select cast(event_at as date) as utc_date from {{ ref('stg_wms__stock_movement') }}
    group by cast(event_at as date)

),

bounds as (

    select
        zones.timezone,
        moved.utc_date,
        {{ midnight_utc('moved.utc_date', "'UTC'") }} as begins_at,
        {{ midnight_utc('moved.utc_date + 1', "'UTC'") }} as ends_at
    from zones
    cross join moved

),

clocks as (

    select
        timezone,
        utc_date,
        {{ local_date('begins_at', 'timezone') }} as first_date,
        {{ local_date('ends_at', 'timezone') }} as last_date,
        {{ local_second('begins_at', 'timezone') }} as first_second,
        {{ local_second('ends_at', 'timezone') }} as last_second
    from bounds

)

select
    timezone,
    utc_date,
    first_date,
    last_date,
    {{ midnight_utc('last_date', 'timezone') }} as turns_at
from clocks
where first_second = last_second and last_date = first_date + 1
