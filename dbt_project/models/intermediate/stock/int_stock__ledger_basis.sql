with

location_codes as (

    select * from {{ ref('int_master__location_code') }}

),

declarations as (

    select * from {{ ref('stg_ingest__declaration') }}

),

moved as (

    select distinct
        location_codes.company_id,
        location_codes.location_id
    from {{ ref('stg_wms__stock_movement') }} as movements
    inner join location_codes
        on
            movements.source_system = location_codes.source_system
            and movements.company_id = location_codes.company_id
            and movements.location_code = location_codes.location_code

),

declared as (      -- what is said of one location goes before what is said of all

    select
        location_codes.company_id,
        location_codes.location_id,
        declarations.value as basis,
        row_number() over (
            partition by location_codes.company_id, location_codes.location_id
            order by
                case when coalesce(declarations.location_code, '') = '' then 1 else 0 end,
                declarations.source_system,
                declarations.value
        ) as preference
    from location_codes
    inner join declarations
        on
            declarations.company_id in (location_codes.company_id, '*')
            and declarations.declaration = 'stock_ledger'
            and (
                coalesce(declarations.location_code, '') = ''
                or (
                    location_codes.location_code = declarations.location_code
                    and location_codes.source_system = declarations.source_system
                )
            )

),

locations as (

    select distinct
        company_id,
        location_id
    from location_codes

)

select
    locations.company_id,
    locations.location_id,
    coalesce(
        declared.basis, case when moved.location_id is not null then 'movements' else 'documents' end
    ) as basis,
    declared.basis is not null as is_declared,
    moved.location_id is not null as has_movements
from locations
left join declared
    on
        locations.company_id = declared.company_id
        and locations.location_id = declared.location_id
        and declared.preference = 1
left join moved
    on
        locations.company_id = moved.company_id
        and locations.location_id = moved.location_id
