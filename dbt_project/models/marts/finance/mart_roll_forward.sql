with

run as (

    select * from {{ ref('int_control__run') }}

),

steps as (

    select * from {{ ref('roll_forward_step') }}

),

expected as (

    select * from {{ ref('fct_expected_journal_line') }}
    where line_purpose = 'event'

),

tieouts as (

    select * from {{ ref('fct_gl_tieout') }}
    where account_role in ('INV', 'INV_TRANSIT', 'INV_INTERIM', 'INV_CONSIGN', 'WIP') and account_code <> ''

),

matched as (      -- an entry did what the line did that it answers

    select
        lines.company_id, lines.account_code, lines.fiscal_year, lines.fiscal_period,
        coalesce(steps.step, 'other') as step,
        sum(matches.matched_amount) as amount
    from {{ ref('fct_journal_match') }} as matches
    inner join expected
        on
            matches.company_id = expected.company_id
            and matches.expected_journal_id = expected.expected_journal_id
            and matches.line = expected.line
    inner join {{ ref('fct_journal_line') }} as lines
        on
            matches.company_id = lines.company_id
            and matches.source_system = lines.source_system
            and matches.journal_id = lines.journal_id
            and matches.journal_line = lines.journal_line
            and lines.ledger = ''
    left join steps
        on expected.event_code = steps.event_code
    group by
        lines.company_id, lines.account_code, lines.fiscal_year, lines.fiscal_period,
        coalesce(steps.step, 'other')

),

told as (

    select
        expected.company_id, expected.account_code, expected.fiscal_year, expected.fiscal_period,
        coalesce(steps.step, 'other') as step,
        sum(expected.expected_amount) as amount
    from expected
    left join steps
        on expected.event_code = steps.event_code
    group by
        expected.company_id, expected.account_code, expected.fiscal_year, expected.fiscal_period,
        coalesce(steps.step, 'other')

),

balances as (      -- accounts in all their places

    select
        company_id, account_code, fiscal_year, fiscal_period,
        min(account_role) as account_role,
        min(currency) as currency,
        sum(expected_amount) as expected_amount,
        sum(actual_amount) as actual_amount,
        sum(expected_period_amount) as expected_period_amount,
        sum(actual_period_amount) as actual_period_amount
    from tieouts
    group by company_id, account_code, fiscal_year, fiscal_period

),

stacked as (

    select
        company_id, account_code, fiscal_year, fiscal_period, 'opening' as step,
        expected_amount - expected_period_amount as expected_amount,
        actual_amount - actual_period_amount as actual_amount
    from balances
    union all
    select company_id, account_code, fiscal_year, fiscal_period, step, amount, 0 from told
    union all
    select company_id, account_code, fiscal_year, fiscal_period, step, 0, amount from matched
    union all
    select
        company_id, account_code, fiscal_year, fiscal_period, 'not_matched',
        0, actual_period_amount
    from balances
    union all
    select company_id, account_code, fiscal_year, fiscal_period, 'not_matched', 0, -amount from matched

)

select
    balances.company_id,
    cast(balances.fiscal_year as bigint) as fiscal_year,
    cast(balances.fiscal_period as bigint) as fiscal_period,
    balances.account_code,
    balances.account_role,
    balances.currency,
    stacked.step,

    cast(sum(stacked.expected_amount) as decimal(18, 4)) as expected_amount,
    cast(sum(stacked.actual_amount) as decimal(18, 4)) as actual_amount,
    cast(sum(stacked.actual_amount - stacked.expected_amount) as decimal(18, 4)) as difference_amount,
    cast(min(balances.expected_amount) as decimal(18, 4)) as expected_closing_amount,
    cast(min(balances.actual_amount) as decimal(18, 4)) as actual_closing_amount,

    run.as_of_at,
    run.watermark_at
from stacked
inner join balances
    on
        stacked.company_id = balances.company_id
        and stacked.account_code = balances.account_code
        and stacked.fiscal_year = balances.fiscal_year
        and stacked.fiscal_period = balances.fiscal_period
cross join run
group by
    balances.company_id, balances.fiscal_year, balances.fiscal_period, balances.account_code,
    balances.account_role, balances.currency, stacked.step, run.as_of_at, run.watermark_at
