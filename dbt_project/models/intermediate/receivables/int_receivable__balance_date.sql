-- Days for which receivables are shown again: ends of periods, the day of the run, and the days of
-- the open lists that the system sends.

with

companies as (

    select * from {{ ref('int_master__company') }}

),

spans as (

    select company_id, min(invoice_date) as first_date
    from {{ ref('int_receivable__document') }}
    group by company_id

),

days as (

    select calendar_days.company_id, calendar_days.period_end_date as date
    from {{ ref('int_master__calendar_day') }} as calendar_days
    inner join spans
        on
            calendar_days.company_id = spans.company_id
            and calendar_days.period_end_date >= spans.first_date
    union
    select company_id, as_of_date from companies
    union
    select company_id, as_of_date from {{ ref('stg_gl__ar_open_item') }}
    union
    select company_id, as_of_date from {{ ref('stg_gl__ap_open_item') }}

)

select
    days.company_id,
    days.date,
    days.date = companies.as_of_date as is_as_of
from days
inner join companies
    on
        days.company_id = companies.company_id
        and days.date <= companies.as_of_date
