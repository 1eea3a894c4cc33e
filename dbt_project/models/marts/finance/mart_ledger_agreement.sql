with

run as (

    select * from {{ ref('int_control__run') }}

),

postings as (

    select * from {{ ref('int_ledger__posting') }}

),

by_day as (

    select
        company_id, tie_group, posting_date,
        sum(case when side = 'expected' then amount else 0 end) as expected_amount,
        sum(case when side = 'actual' then amount else 0 end) as actual_amount,
        sum(case when side = 'classified' then amount else 0 end) as classified_amount
    from (
        select company_id, tie_group, posting_date, side, amount from postings
        union all
        select company_id, tie_group, posting_date, 'classified', amount
        from {{ ref('int_ledger__difference_line') }}
        where item_class <> 'OPENING_DIFF'
    ) as moved
    group by company_id, tie_group, posting_date

),

tied as (      -- accounts of the balance sheet that both sides have

    select
        postings.company_id, postings.tie_group, postings.first_date,
        coalesce(sum(openings.expected_amount), 0) as expected_opening,
        coalesce(sum(openings.ledger_amount), 0) as ledger_opening
    from (
        select postings.company_id, postings.tie_group, min(postings.posting_date) as first_date
        from postings
        inner join {{ ref('int_ledger__account') }} as accounts
            on
                postings.company_id = accounts.company_id
                and postings.account_code = accounts.account_code
        where coalesce(accounts.account_type, 'asset') in ('asset', 'liability')
        group by postings.company_id, postings.tie_group
        having min(postings.side) <> max(postings.side)
    ) as postings
    left join {{ ref('int_ledger__opening') }} as openings
        on
            postings.company_id = openings.company_id
            and postings.tie_group = openings.tie_group
    group by postings.company_id, postings.tie_group, postings.first_date

),

daily as (

    select
        days.company_id,
        tied.tie_group,
        days.date,
        days.fiscal_year,
        days.fiscal_period,
        tied.expected_opening + sum(coalesce(by_day.expected_amount, 0)) over running as expected_amount,
        tied.ledger_opening + sum(coalesce(by_day.actual_amount, 0)) over running as actual_amount,
        tied.ledger_opening - tied.expected_opening
        + sum(coalesce(by_day.classified_amount, 0)) over running as classified_amount
    from tied
    inner join {{ ref('int_master__calendar_day') }} as days
        on
            tied.company_id = days.company_id
            and tied.first_date <= days.date
    inner join {{ ref('int_master__company') }} as companies
        on
            days.company_id = companies.company_id
            and days.date <= companies.as_of_date
    left join by_day
        on
            tied.company_id = by_day.company_id
            and tied.tie_group = by_day.tie_group
            and days.date = by_day.posting_date
    window
        running as (
            partition by days.company_id, tied.tie_group
            order by days.date
            rows between unbounded preceding and current row
        )

),

judged as (

    select
        daily.*,
        coalesce(lags.debit_amount, 0) as lag_debit_amount,
        coalesce(lags.credit_amount, 0) as lag_credit_amount,
        cast(
            abs(actual_amount - expected_amount) <= coalesce(tolerances.gl_account, 0) as integer
        ) as in_band,
        cast(
            abs(actual_amount - expected_amount - classified_amount)
            <= coalesce(tolerances.gl_account, 0) as integer
        ) as explained
    from daily
    left join {{ ref('int_billing__tolerance') }} as tolerances
        on daily.company_id = tolerances.company_id
    left join {{ ref('int_ledger__lag_band') }} as lags
        on
            daily.company_id = lags.company_id
            and daily.tie_group = lags.tie_group
            and daily.date = lags.date

)

select
    judged.company_id,
    judged.tie_group,
    judged.date,
    cast(judged.fiscal_year as bigint) as fiscal_year,
    cast(judged.fiscal_period as bigint) as fiscal_period,

    cast(judged.expected_amount as decimal(18, 4)) as expected_amount,
    cast(judged.actual_amount as decimal(18, 4)) as actual_amount,
    cast(judged.actual_amount - judged.expected_amount as decimal(18, 4)) as difference_amount,
    cast(judged.classified_amount as decimal(18, 4)) as classified_amount,

    judged.lag_debit_amount,
    judged.lag_credit_amount,

    judged.in_band = 1 as is_in_band,
    -- a debit that is on its way makes the ledger less than us, a credit more
    judged.in_band = 1 or judged.actual_amount - judged.expected_amount
    between -judged.lag_debit_amount and -judged.lag_credit_amount as is_in_lag_band,
    judged.explained = 1 as is_explained,
    cast(sum(judged.in_band) over period as bigint) as period_days_in_band,
    cast(sum(case when judged.in_band = 0 and judged.explained = 1 then 1 else 0 end) over period as bigint)
        as period_days_explained,
    cast(count(*) over period as bigint) as period_days,

    run.as_of_at,
    run.watermark_at
from judged
cross join run
window
    period as (
        partition by
            judged.company_id, judged.tie_group, judged.fiscal_year, judged.fiscal_period
    )
