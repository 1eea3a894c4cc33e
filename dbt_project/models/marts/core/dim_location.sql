with

run as (

    select * from {{ ref('int_control__run') }}

),

companies as (

    select * from {{ ref('int_master__company') }}

),

locations as (

    select * from {{ ref('int_master__location') }}

),

location_codes as (

    select * from {{ ref('int_master__location_code') }}

),

ledger_basis as (

    select * from {{ ref('int_stock__ledger_basis') }}

),

codes as (

    select
        company_id,
        location_id,
        min(location_code) as location_code
    from location_codes
    where company_id <> '*'
    group by company_id, location_id

),

keys as (      -- a code that no master explains is still a row that facts can point to

    select company_id, location_id from locations
    union
    select company_id, location_id from codes
    union
    -- the door of a customer to whom a supplier sends straight
    select company_id, location_id from {{ ref('int_stock__document_line') }}
    where document_type = 'dropship_ship'

)

select
    keys.company_id,
    keys.location_id,
    coalesce(locations.location_code, codes.location_code, keys.location_id) as location_code,
    coalesce(locations.location_name, keys.location_id) as location_name,
    locations.location_type,
    locations.parent_location_id,
    locations.valuation_area,
    locations.cost_center,
    locations.gln,
    locations.country,
    locations.region,
    coalesce(locations.timezone, companies.timezone) as timezone,
    locations.channel_group,
    locations.operator_party,
    coalesce(locations.sellable, true) as is_sellable,
    locations.location_id is not null as is_in_master,
    ledger_basis.basis as stock_ledger_basis,
    locations.valid_from,
    locations.valid_to,
    run.as_of_at,
    run.watermark_at
from keys
inner join companies
    on keys.company_id = companies.company_id
left join locations
    on
        keys.company_id = locations.company_id
        and keys.location_id = locations.location_id
left join codes
    on
        keys.company_id = codes.company_id
        and keys.location_id = codes.location_id
left join ledger_basis
    on
        keys.company_id = ledger_basis.company_id
        and keys.location_id = ledger_basis.location_id
cross join run
