with

expected_lines as (

    select * from {{ ref('int_ledger__expected_line') }}
    where line_purpose = 'event'

),

accounts as (

    select * from {{ ref('int_ledger__account') }}

),

located_accounts as (

    select * from {{ ref('int_ledger__located_account') }}

),

openings as (      -- what an account begins with beyond what its own documents say

    select * from {{ ref('int_ledger__opening') }}

),

first_periods as (

    select company_id, min(fiscal_year * 100 + fiscal_period) as period_key
    from {{ ref('int_ledger__balance_movement') }}
    group by company_id

),

days as (

    select * from {{ ref('int_master__calendar_day') }}

),

companies as (

    select * from {{ ref('int_master__company') }}

),

stacked as (

    select
        expected_lines.company_id,
        expected_lines.fiscal_year,
        expected_lines.fiscal_period,
        expected_lines.account_code,
        expected_lines.account_role,
        coalesce(accounts.tie_group, 'no account: ' || expected_lines.account_role) as tie_group,
        -- of a company that no master names nobody knows the currency: a cell of its own
        coalesce(expected_lines.currency, '') as currency,
        case when located_accounts.account_code is not null then expected_lines.location_id else '' end
            as location_id,
        expected_lines.expected_amount,
        0 as opening_amount,
        1 as entry_count
    from expected_lines
    left join accounts
        on
            expected_lines.company_id = accounts.company_id
            and expected_lines.account_code = accounts.account_code
    left join located_accounts
        on
            expected_lines.company_id = located_accounts.company_id
            and expected_lines.account_code = located_accounts.account_code
    union all
    select
        openings.company_id,
        coalesce(cast(floor(first_periods.period_key / 100) as bigint), days.fiscal_year),
        coalesce(first_periods.period_key % 100, days.fiscal_period),
        openings.account_code,
        openings.account_role,
        openings.tie_group,
        coalesce(companies.currency, ''),
        openings.location_id,
        0,
        openings.expected_amount,
        0
    from openings
    inner join companies
        on openings.company_id = companies.company_id
    left join first_periods
        on openings.company_id = first_periods.company_id
    left join days
        on
            openings.company_id = days.company_id
            and openings.posting_date = days.date
    where first_periods.company_id is not null or days.company_id is not null

)

select
    company_id, fiscal_year, fiscal_period, account_code, account_role, tie_group, currency,
    location_id,
    cast(sum(expected_amount) as decimal(18, 4)) as expected_amount,
    cast(sum(opening_amount) as decimal(18, 4)) as opening_amount,
    cast(sum(entry_count) as bigint) as entry_count
from stacked
group by
    company_id, fiscal_year, fiscal_period, account_code, account_role, tie_group, currency,
    location_id
