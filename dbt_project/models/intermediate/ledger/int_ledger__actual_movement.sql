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
            located_accounts.company_id = lines.company_id
            and located_accounts.account_code = lines.account_code
    where lines.is_posted and lines.ledger = ''
    group by
        lines.company_id, lines.fiscal_year, lines.fiscal_period, lines.account_code,
        lines.currency,
        case when located_accounts.account_code is not null then lines.location_id else '' end

),

balances as (

    select * from {{ ref('int_ledger__balance_movement') }}

),

balance_companies as (

    select company_id from balances group by company_id

),

stacked as (      -- where balances come, journals only say how many entries stand behind them

    select
        company_id, fiscal_year, fiscal_period, account_code, currency, location_id,
        period_amount, balance_change, 0 as entry_count, false as is_derived
    from balances
    union all
    select
        posted.company_id, posted.fiscal_year, posted.fiscal_period, posted.account_code,
        posted.currency, posted.location_id,
        case when balance_companies.company_id is null then posted.amount else 0 end,
        case when balance_companies.company_id is null then posted.amount else 0 end,
        posted.entry_count,
        balance_companies.company_id is null
    from posted
    left join balance_companies
        on balance_companies.company_id = posted.company_id

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
