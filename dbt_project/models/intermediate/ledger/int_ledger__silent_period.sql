-- Periods in which we expect postings on a group and the ledger has none at all, though it posts
-- there in other periods.

with

days as (

    select * from {{ ref('int_ledger__group_day') }}

),

calendar as (

    select * from {{ ref('int_master__calendar_day') }}

),

by_period as (

    select
        days.company_id,
        days.tie_group,
        calendar.fiscal_year,
        calendar.fiscal_period,
        max(calendar.period_end_date) as end_date,
        sum(days.expected_amount) as expected_amount,
        sum(days.actual_count) as actual_count,
        sum(sum(days.actual_count)) over (partition by days.company_id, days.tie_group)
            as group_count,
        max(max(days.answered_count)) over (partition by days.company_id, days.tie_group)
            as group_answered_count
    from days
    inner join calendar
        on
            days.company_id = calendar.company_id
            and days.posting_date = calendar.date
    group by days.company_id, days.tie_group, calendar.fiscal_year, calendar.fiscal_period

)

select
    company_id,
    tie_group,
    fiscal_year,
    fiscal_period,
    end_date,
    expected_amount
from by_period
where
    actual_count = 0 and group_count > 0 and group_answered_count = 0 and expected_amount <> 0
