with

calendar_events as (

    select * from {{ ref('stg_demand__calendar_event') }}

),

days as (

    select * from {{ ref('int_master__day_period') }}

),

holidays as (

    select
        days.company_id,
        days.date
    from days
    inner join calendar_events
        on
            calendar_events.company_id in (days.company_id, '*')
            and calendar_events.event_type = 'holiday'
            and calendar_events.location_code is null
            and days.date between calendar_events.start_date and calendar_events.end_date
    group by days.company_id, days.date

),

days_derived as (

    select * from {{ ref('int_master__derived_period') }}

)

select
    days.company_id,
    days.date,
    coalesce(days.fiscal_year, days_derived.fiscal_year) as fiscal_year,
    coalesce(days.fiscal_period, days_derived.fiscal_period) as fiscal_period,
    coalesce(days.start_date, days_derived.start_date) as period_start_date,
    coalesce(days.end_date, days_derived.end_date) as period_end_date,
    -- 1900-01-01 was a Monday
    {{ days_between("date '1900-01-01'", 'days.date') }} % 7 < 5 and holidays.date is null
        as is_business_day,
    days.fiscal_period is null as is_period_derived
from days
left join days_derived
    on
        days.company_id = days_derived.company_id
        and days.date = days_derived.date
left join holidays
    on
        days.company_id = holidays.company_id
        and days.date = holidays.date
