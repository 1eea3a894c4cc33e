{{ config(materialized='view') }}

-- The feed that makes the ledger of each location, up to as-of. The other feed is only compared.
with

run as (

    select * from {{ ref('int_control__run') }}

),

told as (

    select * from {{ ref('int_stock__movement_told') }}

),

location_codes as (

    select * from {{ ref('int_master__location_code') }}

),

ledger_basis as (

    select * from {{ ref('int_stock__ledger_basis') }}

),

zone_days as (

    select * from {{ ref('int_master__zone_day') }}

)

select
    told.*,
    location_codes.location_id,
    case
        when told.event_at < zone_days.turns_at then zone_days.first_date
        when told.event_at >= zone_days.turns_at then zone_days.last_date
        else {{ local_date('told.event_at', 'location_codes.timezone') }}
    end as event_date
from told
inner join run
    on told.event_at <= run.as_of_at
inner join location_codes
    on
        told.source_system = location_codes.source_system
        and told.company_id = location_codes.company_id
        and told.location_code = location_codes.location_code
inner join ledger_basis
    on
        location_codes.company_id = ledger_basis.company_id
        and location_codes.location_id = ledger_basis.location_id
        and told.feed in (
            'delivery',
            case ledger_basis.basis when 'documents' then 'document' else 'movement' end
        )
left join zone_days
    on
        location_codes.timezone = zone_days.timezone
        and cast(told.event_at as date) = zone_days.utc_date
