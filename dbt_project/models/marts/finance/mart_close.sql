with

run as (

    select * from {{ ref('int_control__run') }}

),

modules as (

    select * from {{ ref('int_close__module') }}

),

accounts as (      -- an account is done when it is certified, by people or by itself

    select
        company_id,
        fiscal_year,
        fiscal_period,
        account_code,
        min(
            case
                when certification_status in ('certified', 'certified automatically') then 1 else 0
            end
        ) as is_done,
        min(certification_status) as certification_status,
        max(certified_at) as certified_at,
        max(certified_by) as certified_by
    from {{ ref('fct_account_certification') }}
    where certification_status <> 'not available'
    group by company_id, fiscal_year, fiscal_period, account_code

),

periods as (

    select * from {{ ref('int_close__period') }}

),

signed as (

    select company_id, fiscal_year, fiscal_period, max(certified_at) as certified_at
    from accounts
    group by company_id, fiscal_year, fiscal_period

),

tasks as (

    select
        company_id, fiscal_year, fiscal_period, 'module' as task_kind, module as task_code,
        status, opened_at, closed_at, closed_by
    from modules
    union all
    select
        accounts.company_id, accounts.fiscal_year, accounts.fiscal_period, 'account',
        accounts.account_code,
        case
            when accounts.is_done = 1 then 'closed'
            when accounts.certification_status in ('prepared', 'reviewed') then 'closing'
            else 'open'
        end,
        cast(null as timestamp with time zone),
        case when accounts.is_done = 1 then accounts.certified_at end,
        case when accounts.is_done = 1 then accounts.certified_by end
    from accounts
    union all
    select
        periods.company_id, periods.fiscal_year, periods.fiscal_period, 'period', 'period',
        case when periods.is_closed = 1 then 'closed' else 'open' end,
        periods.opened_at,
        case
            when periods.is_closed = 1
                then greatest(
                    periods.last_closed_at, coalesce(signed.certified_at, periods.last_closed_at)
                )
        end,
        cast(null as varchar)
    from periods
    left join signed
        on
            periods.company_id = signed.company_id
            and periods.fiscal_year = signed.fiscal_year
            and periods.fiscal_period = signed.fiscal_period

),

timed as (

    select
        tasks.*,
        periods.period_end_date,
        {{ days_between('cast(periods.ended_at as date)', 'cast(tasks.closed_at as date)') }} * 1440
        + extract(hour from tasks.closed_at) * 60 + extract(minute from tasks.closed_at)
        - extract(hour from periods.ended_at) * 60 - extract(minute from periods.ended_at)
            as close_minutes,
        {{ days_between('cast(periods.first_closed_at as date)', 'cast(periods.last_closed_at as date)') }}
            as module_spread_days,
        max(case when tasks.task_kind <> 'period' then tasks.closed_at end) over (
            partition by tasks.company_id, tasks.fiscal_year, tasks.fiscal_period
        ) as last_task_at
    from tasks
    inner join periods
        on
            tasks.company_id = periods.company_id
            and tasks.fiscal_year = periods.fiscal_year
            and tasks.fiscal_period = periods.fiscal_period

),

measured as (

    select
        timed.*,
        {{ divide_exact('cast(close_minutes as decimal(18, 0))', 'cast(1440 as decimal(18, 0))', 4, 0, 0) }}
            as days_to_close
    from timed

)

select
    measured.company_id,
    measured.fiscal_year,
    measured.fiscal_period,
    measured.task_kind,
    measured.task_code,
    measured.period_end_date,
    measured.status,
    measured.opened_at,
    measured.closed_at,
    measured.closed_by,
    measured.days_to_close,
    lag(measured.days_to_close) over (
        partition by measured.company_id, measured.task_kind, measured.task_code
        order by measured.period_end_date, measured.fiscal_year, measured.fiscal_period
    ) as prior_days_to_close,
    cast(measured.module_spread_days as bigint) as module_spread_days,
    coalesce(
        measured.task_kind <> 'period' and measured.closed_at = measured.last_task_at, false
    ) as is_last,
    run.as_of_at,
    run.watermark_at
from measured
cross join run
