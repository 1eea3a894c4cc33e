-- No contract has a table of its own for what a channel shows as available: a channel sends it as the
-- signal available_<channel> for item and place, dated the day it was shown.
with

run as (

    select * from {{ ref('int_control__run') }}

),

signals as (

    select * from {{ ref('stg_demand__signal') }}
    where signal_name like 'available~_%' escape '~' and not is_forecast

),

ranked as (      -- the last word of the day counts

    select
        signals.company_id,
        substr(signals.signal_name, 11) as channel,
        item_codes.item_id,
        location_codes.location_id,
        signals.signal_date as date,
        signals.value as shown_qty,
        signals.available_from_at,
        row_number() over (
            partition by
                signals.company_id, signals.signal_name, item_codes.item_id,
                location_codes.location_id, signals.signal_date
            order by signals.available_from_at desc, signals.source_system asc
        ) as preference
    from signals
    inner join run
        on signals.available_from_at <= run.as_of_at
    inner join {{ ref('int_master__item_code') }} as item_codes
        on
            signals.source_system = item_codes.source_system
            and signals.company_id = item_codes.company_id
            and signals.item_code = item_codes.item_code
            and item_codes.is_resolved
    inner join {{ ref('int_master__location_code') }} as location_codes
        on
            signals.source_system = location_codes.source_system
            and signals.company_id = location_codes.company_id
            and signals.location_code = location_codes.location_code

)

select
    company_id,
    channel,
    item_id,
    location_id,
    date,
    shown_qty
from ranked
where preference = 1
