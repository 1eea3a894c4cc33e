-- Fiscal periods and when their stock was closed: by the module of inventory, else for all at once;
-- closed without a time counts as closed when it was told.
with

calendar_periods as (

    select
        company_id,
        cast(fiscal_year as bigint) as fiscal_year,
        cast(fiscal_period as bigint) as fiscal_period,
        min(period_start_date) as start_date,
        max(period_end_date) as end_date
    from {{ ref('int_master__calendar_day') }}
    group by company_id, fiscal_year, fiscal_period

),

closings as (

    select
        company_id,
        fiscal_year,
        fiscal_period,
        case when status in ('closed', 'locked') then coalesce(closed_at, _delivered_at) end
            as closed_at,
        row_number() over (
            partition by company_id, fiscal_year, fiscal_period
            order by case module when 'INV' then 0 when 'ALL' then 1 else 2 end, source_system
        ) as preference
    from {{ ref('stg_master__fiscal_period') }}
    where module in ('INV', 'ALL')

)

select
    periods.company_id,
    periods.fiscal_year,
    periods.fiscal_period,
    periods.start_date,
    periods.end_date,
    case when closings.closed_at <= run.as_of_at then closings.closed_at end as closed_at
from calendar_periods as periods
left join closings
    on
        periods.company_id = closings.company_id
        and periods.fiscal_year = closings.fiscal_year
        and periods.fiscal_period = closings.fiscal_period
        and closings.preference = 1
cross join {{ ref('int_control__run') }} as run
