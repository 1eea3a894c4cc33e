-- Ruling E9: an entry by hand, posted around the end of a period or entered around its close, that is
-- as large as the difference of its account was before it, forces a balance.

with

settings as (

    select
        max(case when setting = 'force_days' then value end) as force_days,
        max(case when setting = 'force_amount' then value end) as force_amount
    from {{ ref('ledger_setting') }}

),

differences as (

    select * from {{ ref('int_ledger__difference_line') }}

),

by_day as (

    select
        company_id, tie_group, posting_date,
        sum(sum(amount)) over (
            partition by company_id, tie_group
            order by posting_date
            rows between unbounded preceding and current row
        ) as difference_amount
    from differences
    group by company_id, tie_group, posting_date

),

by_hand as (

    select
        company_id, tie_group, posting_date, fiscal_year, fiscal_period, problem_key,
        min(source_system) as source_system,
        min(journal_id) as journal_id,
        sum(amount) as amount
    from differences
    where item_class = 'MANUAL_JOURNAL'
    group by company_id, tie_group, posting_date, fiscal_year, fiscal_period, problem_key

),

entered as (

    select company_id, source_system, journal_id, max(entered_at) as entered_at
    from {{ ref('int_ledger__journal_line') }}
    group by company_id, source_system, journal_id

),

periods as (

    select * from {{ ref('int_ledger__period') }}

),

closes as (

    select company_id, fiscal_year, fiscal_period, last_closed_at
    from {{ ref('int_close__period') }}

)

select
    by_hand.company_id,
    by_hand.problem_key,
    by_hand.tie_group,
    by_hand.posting_date,
    by_hand.journal_id,
    by_hand.amount,
    by_day.difference_amount - by_hand.amount as before_amount
from by_hand
inner join by_day
    on
        by_hand.company_id = by_day.company_id
        and by_hand.tie_group = by_day.tie_group
        and by_hand.posting_date = by_day.posting_date
inner join periods
    on
        by_hand.company_id = periods.company_id
        and by_hand.fiscal_year = periods.fiscal_year
        and by_hand.fiscal_period = periods.fiscal_period
left join entered
    on
        by_hand.company_id = entered.company_id
        and by_hand.source_system = entered.source_system
        and by_hand.journal_id = entered.journal_id
left join closes
    on
        by_hand.company_id = closes.company_id
        and by_hand.fiscal_year = closes.fiscal_year
        and by_hand.fiscal_period = closes.fiscal_period
cross join settings
where
    by_day.difference_amount - by_hand.amount <> 0
    and abs(by_day.difference_amount) <= settings.force_amount
    and (
        {{ days_between('by_hand.posting_date', 'periods.end_date') }} <= settings.force_days
        or {{ days_between('periods.start_date', 'by_hand.posting_date') }} < settings.force_days
        or {{ days_between('cast(closes.last_closed_at as date)', 'cast(entered.entered_at as date)') }}
        between -settings.force_days and settings.force_days
    )
