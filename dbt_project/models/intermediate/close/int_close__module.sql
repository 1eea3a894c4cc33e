-- When each module of a period was closed. Days count from the end of the last day of the period; a
-- close that the run has not seen yet is none.

with

run as (

    select * from {{ ref('int_control__run') }}

),

companies as (

    select * from {{ ref('int_master__company') }}

),

ranked as (

    select
        companies.company_id,
        companies.timezone,
        periods.fiscal_year,
        periods.fiscal_period,
        periods.module,
        periods.start_date,
        periods.end_date,
        periods.status,
        periods.opened_at,
        periods.closed_at,
        periods.closed_by,
        row_number() over (
            partition by
                companies.company_id, periods.fiscal_year, periods.fiscal_period, periods.module
            order by
                case when periods.company_id = companies.company_id then 0 else 1 end,
                periods.source_system
        ) as preference
    from {{ ref('stg_master__fiscal_period') }} as periods
    inner join companies
        on
            periods.company_id in (companies.company_id, '*')
            and periods.start_date <= companies.as_of_date

)

select
    ranked.company_id,
    ranked.fiscal_year,
    ranked.fiscal_period,
    ranked.module,
    ranked.start_date,
    ranked.end_date,
    {{ midnight_utc('ranked.end_date + 1', 'ranked.timezone') }} as ended_at,
    case
        when ranked.closed_at > run.as_of_at then 'open'
        else ranked.status
    end as status,
    ranked.opened_at,
    case when ranked.closed_at <= run.as_of_at then ranked.closed_at end as closed_at,
    case when ranked.closed_at <= run.as_of_at then ranked.closed_by end as closed_by
from ranked
cross join run
where ranked.preference = 1
