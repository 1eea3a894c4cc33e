-- Which module feeds which place of ours. What a module says of the company as a whole holds for
-- its places, unless it names places: then it is silent about those that it does not name.
with

modules as (

    select * from {{ ref('coverage_module') }}

),

told as (

    select * from {{ ref('int_control__coverage_told') }}

),

places as (      -- our own places, known or seen

    select locations.company_id, locations.location_id
    from {{ ref('int_master__location') }} as locations
    where locations.location_type in ('dc', 'warehouse', 'store', 'third_party', 'plant')
    union
    select company_id, location_id from told
    where module = 'stock'

),

companies as (

    select
        module,
        company_id,
        max(case when location_id <> '' then 1 else 0 end) as names_places,
        max(case when location_id = '' then last_told_at end) as last_told_at
    from told
    group by module, company_id

)

select
    places.company_id,
    places.location_id,
    modules.module,
    modules.module_number,
    modules.is_needed,
    modules.needs,
    named.location_id is not null
    or coalesce(companies.names_places = 0, false) as is_fed,
    named.location_id is null and coalesce(companies.names_places = 0, false) as is_by_company,
    coalesce(
        named.last_told_at,
        case when companies.names_places = 0 then companies.last_told_at end
    ) as last_told_at,
    coalesce(named.rows_told, 0) as rows_told
from places
cross join modules
left join told as named
    on
        places.company_id = named.company_id
        and places.location_id = named.location_id
        and modules.module = named.module
left join companies
    on
        places.company_id = companies.company_id
        and modules.module = companies.module
