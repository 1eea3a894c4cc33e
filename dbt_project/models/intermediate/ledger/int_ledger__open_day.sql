-- Days on which a group does not agree and on which it is worth asking which entry it was: the
-- ledger follows the documents day by day (at least half of its entries lie on days that agree),
-- and the period as a whole does not agree either.

with

days as (

    select
        group_days.*,
        calendar.fiscal_year,
        calendar.fiscal_period
    from {{ ref('int_ledger__group_day') }} as group_days
    inner join {{ ref('int_master__calendar_day') }} as calendar
        on
            group_days.company_id = calendar.company_id
            and group_days.posting_date = calendar.date

),

judged as (

    select
        days.*,
        sum(residual_amount) over (
            partition by company_id, tie_group, fiscal_year, fiscal_period
        ) as period_residual,
        sum(actual_count) over (partition by company_id, tie_group) as group_actual_count,
        sum(case when residual_amount = 0 then expected_count + actual_count else 0 end) over (
            partition by company_id, tie_group
        ) as agreed_count,
        sum(expected_count + actual_count) over (partition by company_id, tie_group) as group_count,
        max(answered_count) over (partition by company_id, tie_group) as group_answered_count
    from days

),

silent_periods as (

    select * from {{ ref('int_ledger__silent_period') }}

)

select
    judged.company_id,
    judged.tie_group,
    judged.posting_date,
    judged.fiscal_year,
    judged.fiscal_period,
    judged.expected_count,
    judged.actual_count,
    judged.residual_amount,
    judged.is_opening_apart,
    judged.group_actual_count + judged.group_answered_count > 0 as is_in_ledger,
    (judged.agreed_count + judged.group_answered_count) * 2
    >= judged.group_count + judged.group_answered_count as follows_documents
from judged
left join silent_periods
    on
        judged.company_id = silent_periods.company_id
        and judged.tie_group = silent_periods.tie_group
        and judged.fiscal_year = silent_periods.fiscal_year
        and judged.fiscal_period = silent_periods.fiscal_period
where
    judged.residual_amount <> 0
    and judged.period_residual <> 0
    and silent_periods.company_id is null
