with

companies as (

    select * from {{ ref('int_master__company') }}

),

locations as (

    select * from {{ ref('stg_master__location') }}

),

in_force as (      -- several source codes may stand for one location: one record speaks for it

    select
        companies.company_id,
        locations.location_id,
        locations.location_code,
        locations.location_name,
        locations.location_type,
        locations.parent_location_id,
        locations.valuation_area,
        locations.cost_center,
        locations.gln,
        locations.country,
        locations.region,
        locations.timezone,
        locations.sellable,
        locations.channel_group,
        locations.operator_party,
        locations.valid_from,
        locations.valid_to,
        row_number() over (
            partition by companies.company_id, locations.location_id
            order by
                case when locations.company_id = companies.company_id then 0 else 1 end asc,
                case when locations.valid_to < companies.as_of_date then 1 else 0 end asc,
                locations.valid_from desc nulls last,
                locations.source_system asc,
                locations.location_code asc
        ) as preference
    from companies
    inner join locations
        on
            locations.company_id in (companies.company_id, '*')
            and coalesce(locations.valid_from, companies.as_of_date) <= companies.as_of_date

)

select * from in_force
where preference = 1
