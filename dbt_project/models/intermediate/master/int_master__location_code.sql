with

companies as (

    select * from {{ ref('int_master__company') }}

),

seen as (

    select * from {{ ref('int_master__location_code_seen') }}

),

locations as (

    select * from {{ ref('stg_master__location') }}

),

ranked as (

    -- the row of the sending system first, then of the company, then the newest: a code that only
    -- another system explains is taken from there before it is called unknown
    select
        seen.source_system,
        seen.company_id,
        seen.location_code,
        locations.location_id,
        locations.timezone,
        row_number() over (
            partition by seen.source_system, seen.company_id, seen.location_code
            order by
                case when locations.source_system = seen.source_system then 0 else 1 end asc,
                case when locations.company_id = seen.company_id then 0 else 1 end asc,
                case when locations.location_code = seen.location_code then 0 else 1 end asc,
                locations.valid_from desc nulls last,
                locations.source_system asc,
                locations.location_id asc
        ) as preference
    from seen
    inner join locations
        on
            (
                seen.location_code = locations.location_code
                or seen.location_code = locations.location_id
            )
            and (locations.company_id in (seen.company_id, '*') or seen.company_id = '*')

)

select
    seen.source_system,
    seen.company_id,
    seen.location_code,
    coalesce(ranked.location_id, seen.location_code) as location_id,
    coalesce(ranked.timezone, companies.timezone, 'UTC') as timezone,
    ranked.location_id is not null as is_resolved
from seen
left join ranked
    on
        seen.source_system = ranked.source_system
        and seen.company_id = ranked.company_id
        and seen.location_code = ranked.location_code
        and ranked.preference = 1
left join companies
    on seen.company_id = companies.company_id
