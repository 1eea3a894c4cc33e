with

exceptions as (

    select * from {{ ref('fct_exception') }}

),

caused as (      -- what follows from another problem counts under the code of that one

    select
        exceptions.company_id,
        cast(date_trunc('month', exceptions.first_event_at) as date) as month_start_date,
        coalesce(roots.code, exceptions.code) as cause_code,
        exceptions.code,
        exceptions.leakage_category,
        coalesce(exceptions.location_id, '') as location_id,
        exceptions.owner_role,
        exceptions.status,
        exceptions.reopened_count,
        exceptions.exposure_amount,
        exceptions.escalation,
        exceptions.currency,
        exceptions.as_of_at,
        exceptions.watermark_at
    from exceptions
    left join exceptions as roots
        on exceptions.root_exception_id = roots.exception_id

),

monthly as (

    select
        company_id,
        month_start_date,
        cause_code,
        code,
        location_id,
        min(leakage_category) as leakage_category,
        min(owner_role) as owner_role,
        count(*) as problem_count,
        sum(case when status <> 'resolved' then 1 else 0 end) as open_count,
        sum(case when escalation in ('lead', 'council') then 1 else 0 end) as overdue_count,
        sum(reopened_count) as reopened_count,
        sum(exposure_amount) as exposure_amount,
        max(currency) as currency,
        max(as_of_at) as as_of_at,
        max(watermark_at) as watermark_at
    from caused
    group by company_id, month_start_date, cause_code, code, location_id

)

select
    monthly.company_id,
    monthly.month_start_date,
    monthly.cause_code,
    monthly.code,
    monthly.leakage_category,
    monthly.location_id,
    monthly.owner_role,
    monthly.problem_count,
    cast(monthly.open_count as bigint) as open_count,
    cast(monthly.overdue_count as bigint) as overdue_count,
    cast(monthly.reopened_count as bigint) as reopened_count,
    cast(coalesce(before.problem_count, 0) as bigint) as month_before_count,
    cast(monthly.exposure_amount as decimal(18, 4)) as exposure_amount,
    row_number() over (
        partition by monthly.company_id, monthly.month_start_date
        order by
            monthly.exposure_amount desc, monthly.problem_count desc, monthly.cause_code asc,
            monthly.code asc, monthly.location_id asc
    ) as place,
    monthly.currency,
    monthly.as_of_at,
    monthly.watermark_at
from monthly
left join monthly as before
    on
        monthly.company_id = before.company_id
        and monthly.cause_code = before.cause_code
        and monthly.code = before.code
        and monthly.location_id = before.location_id
        and monthly.month_start_date = before.month_start_date + interval 1 month
