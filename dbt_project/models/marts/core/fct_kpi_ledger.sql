-- What adds up to the measures of receivables, journals and the close, by the day it is counted on.
with

windows as (      -- balances of two days do not add up: a period has one, its last

    select windows.*
    from {{ ref('int_receivable__sales_window') }} as windows
    inner join {{ ref('int_master__calendar_day') }} as days
        on
            windows.company_id = days.company_id
            and windows.date = days.date
            and (windows.is_as_of or windows.date = days.period_end_date)

),

signed as (

    select company_id, fiscal_year, fiscal_period, max(certified_at) as certified_at
    from {{ ref('fct_account_certification') }}
    where certification_status in ('certified', 'certified automatically')
    group by company_id, fiscal_year, fiscal_period

),

ended as (      -- a period is closed with the last of its modules and of its signatures

    select
        periods.company_id,
        periods.period_end_date as date,
        periods.ended_at,
        greatest(periods.last_closed_at, coalesce(signed.certified_at, periods.last_closed_at))
            as closed_at
    from {{ ref('int_close__period') }} as periods
    left join signed
        on
            periods.company_id = signed.company_id
            and periods.fiscal_year = signed.fiscal_year
            and periods.fiscal_period = signed.fiscal_period
    where periods.is_closed = 1

),

closed as (

    select
        company_id,
        date,
        {{ days_between('cast(ended_at as date)', 'cast(closed_at as date)') }} * 86400
        + {{ local_second('closed_at', "'UTC'") }} - {{ local_second('ended_at', "'UTC'") }} as seconds
    from ended

),

forced as (

    select company_id, journal_id
    from {{ ref('fct_exception') }}
    where code = 'MANUAL_JE_FORCE' and journal_id is not null
    group by company_id, journal_id

),

entries as (      -- on the accounts that the operations feed

    select
        lines.company_id, lines.posting_date as date,
        count(*) as line_count,
        sum(case when lines.is_manual then 1 else 0 end) as manual_count,
        sum(abs(lines.actual_amount)) as amount,
        sum(case when lines.is_manual then abs(lines.actual_amount) else 0 end) as manual_amount,
        sum(case when lines.is_manual and forced.journal_id is not null then 1 else 0 end)
            as forced_count
    from {{ ref('fct_journal_line') }} as lines
    left join forced
        on
            lines.company_id = forced.company_id
            and lines.journal_id = forced.journal_id
    where
        lines.is_posted and lines.ledger = ''
        and lines.account_role in (
            'INV', 'INV_TRANSIT', 'INV_INTERIM', 'INV_CONSIGN', 'WIP', 'AR', 'UNBILLED_AR', 'GRIR'
        )
    group by lines.company_id, lines.posting_date

),

problems as (

    select
        company_id, cast(detected_at as date) as date,
        count(*) as problem_count,
        sum(case when resolution = 'no_longer_found' then 1 else 0 end) as cleared_count
    from {{ ref('fct_exception') }}
    group by company_id, cast(detected_at as date)

),

stacked as (

    select
        'dso' as kpi_code, company_id, date,
        cast(open_amount * window_days as decimal(24, 6)) as numerator,
        cast(sales_amount as decimal(24, 6)) as denominator, 1 as row_count
    from windows
    union all
    select
        'days_to_close', company_id, date,
        cast(seconds as decimal(24, 6)), cast(86400 as decimal(24, 6)), 1
    from closed
    union all
    select
        'manual_journal', company_id, date,
        cast(manual_count as decimal(24, 6)), cast(line_count as decimal(24, 6)), line_count
    from entries
    union all
    select
        'manual_journal_value', company_id, date,
        cast(manual_amount as decimal(24, 6)), cast(amount as decimal(24, 6)), line_count
    from entries
    union all
    select
        'forced_journal', company_id, date,
        cast(forced_count as decimal(24, 6)), cast(manual_count as decimal(24, 6)), manual_count
    from entries
    union all
    select
        'cleared_by_itself', company_id, date,
        cast(cleared_count as decimal(24, 6)), cast(problem_count as decimal(24, 6)), problem_count
    from problems

)

select
    stacked.company_id, stacked.kpi_code, stacked.date,
    '' as location_id, '' as party_id,
    '' as channel, stacked.numerator, stacked.denominator,
    cast(stacked.row_count as bigint) as row_count, run.as_of_at, run.watermark_at
from stacked
cross join {{ ref('int_control__run') }} as run
