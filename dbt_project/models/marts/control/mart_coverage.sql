with

run as (

    select * from {{ ref('int_control__run') }}

),

coverage as (

    select
        *,
        max(case when is_needed and not is_fed then 1 else 0 end) over (
            partition by company_id, location_id
        ) = 1 as is_partial
    from {{ ref('int_control__coverage') }}

),

locations as (

    select * from {{ ref('dim_location') }}

)

select
    coverage.company_id,
    coverage.location_id,
    locations.location_name,
    coverage.module,
    coverage.module_number,
    coverage.is_needed,
    coverage.is_fed,
    case
        when coverage.is_by_company then 'for the company as a whole'
        when coverage.is_fed then 'for this place'
        when coverage.is_needed then 'gap'
        else 'not sent'
    end as coverage_status,
    case when not coverage.is_fed then concat('not available: needs ', coverage.needs) end as gap,
    coverage.is_partial,
    coverage.rows_told,
    coverage.last_told_at,
    run.as_of_at,
    run.watermark_at
from coverage
left join locations
    on
        coverage.company_id = locations.company_id
        and coverage.location_id = locations.location_id
cross join run
