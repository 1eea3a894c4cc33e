with

posted as (

    select
        lines.company_id,
        lines.fiscal_year,
        lines.fiscal_period,
        lines.account_code,
        lines.currency,
        case when located_accounts.account_code is not null then lines.location_id else '' end
            as location_id,
        sum(lines.actual_amount) as amount,
        count(*) as entry_count
    from {{ ref('int_ledger__journal_line') }} as lines
    left join {{ ref('int_ledger__located_account') }} as located_accounts
        on
            lines.company_id = located_accounts.company_id
            and lines.account_code = located_accounts.account_code
    where lines.is_posted and lines.ledger = ''
    group by
        lines.company_id, lines.fiscal_year, lines.fiscal_period, lines.account_code,
        lines.currency,
        case when located_accounts.account_code is not null then lines.location_id else '' end

),

balances as (

    select * from {{ ref('int_ledger__balance_movement') }}

),

balance_reach as (      -- up to the last period of which a balance had come by then

    select
        company_id,
        max(fiscal_year * 100 + fiscal_period) as last_period
    from balances
    group by company_id

),

journals as (      -- they speak where no balance does: without any, and after the last one

    select
        posted.*,
        coalesce(
            posted.fiscal_year * 100 + posted.fiscal_period > balance_reach.last_period, true
        ) as is_derived
    from posted
    left join balance_reach
        on posted.company_id = balance_reach.company_id

),

stacked as (      -- where balances come, journals only say how many entries stand behind them

    select
        company_id, fiscal_year, fiscal_period, account_code, currency, location_id,
        period_amount, balance_change, 0 as entry_count, false as is_derived
    from balances
    union all
    select
        company_id,
        fiscal_year,
        fiscal_period,
        account_code,
        currency,
        location_id,
        case when is_derived then amount else 0 end as period_amount,
        case when is_derived then amount else 0 end as balance_change,
        entry_count,
        is_derived
    from journals

)

select
    company_id,
    fiscal_year,
    fiscal_period,
    account_code,
    currency,
    location_id,
    sum(period_amount) as period_amount,
    sum(balance_change) as balance_change,
    sum(entry_count) as entry_count,
    max(case when is_derived then 1 else 0 end) = 1 as is_derived
from stacked
group by company_id, fiscal_year, fiscal_period, account_code, currency, location_id
