with

companies as (

    select * from {{ ref('int_master__company') }}

),

calendar_periods as (

    select
        days.company_id,
        days.fiscal_year,
        days.fiscal_period,
        min(days.period_start_date) as start_date,
        max(days.period_end_date) as end_date,
        max(case when days.is_period_derived then 1 else 0 end) = 1 as is_derived
    from {{ ref('int_master__calendar_day') }} as days
    group by days.company_id, days.fiscal_year, days.fiscal_period

),

posted_periods as (      -- a thirteenth period lies in no calendar

    select
        company_id,
        fiscal_year,
        fiscal_period,
        min(posting_date) as start_date,
        max(posting_date) as end_date
    from {{ ref('int_ledger__journal_line') }}
    group by company_id, fiscal_year, fiscal_period

),

periods as (

    select * from calendar_periods
    union all
    select
        posted_periods.company_id,
        posted_periods.fiscal_year,
        posted_periods.fiscal_period,
        posted_periods.start_date,
        posted_periods.end_date,
        false
    from posted_periods
    left join calendar_periods
        on
            posted_periods.company_id = calendar_periods.company_id
            and posted_periods.fiscal_year = calendar_periods.fiscal_year
            and posted_periods.fiscal_period = calendar_periods.fiscal_period
    where calendar_periods.company_id is null

)

select
    periods.company_id,
    cast(periods.fiscal_year as bigint) as fiscal_year,
    cast(periods.fiscal_period as bigint) as fiscal_period,
    periods.start_date,
    periods.end_date,
    periods.is_derived,
    row_number() over (
        partition by periods.company_id
        order by periods.fiscal_year, periods.fiscal_period
    ) as period_number
from periods
inner join companies
    on periods.company_id = companies.company_id
where periods.start_date <= companies.as_of_date
