-- Balances as the ledger sends them, turned into what each period added, so that a running sum
-- gives every balance back and carries it over periods for which no row came.

with

balances as (

    select * from {{ ref('stg_gl__balance') }}

),

companies as (

    select * from {{ ref('int_master__company') }}

),

accounts as (

    select * from {{ ref('int_ledger__account') }}

),

locations as (

    select * from {{ ref('int_master__location_code') }}

),

summed as (

    select
        balances.company_id,
        balances.fiscal_year,
        balances.fiscal_period,
        balances.account as account_code,
        coalesce(balances.currency, companies.currency) as currency,
        case
            when coalesce(balances.location_code, '') = '' then ''
            else coalesce(locations.location_id, balances.location_code)
        end as location_id,
        accounts.account_type in ('revenue', 'expense') as is_year_to_date,
        sum(balances.opening) as opening_amount,
        sum(balances.closing) as closing_amount
    from balances
    inner join companies
        on balances.company_id = companies.company_id
    left join accounts
        on
            balances.company_id = accounts.company_id
            and balances.account = accounts.account_code
    left join locations
        on
            balances.source_system = locations.source_system
            and balances.company_id = locations.company_id
            and balances.location_code = locations.location_code
    where
        coalesce(balances.ledger, '') = ''
        and coalesce(balances.as_of_at <= (select as_of_at from {{ ref('int_control__run') }}), true)
    group by
        balances.company_id, balances.fiscal_year, balances.fiscal_period, balances.account,
        coalesce(balances.currency, companies.currency),
        case
            when coalesce(balances.location_code, '') = '' then ''
            else coalesce(locations.location_id, balances.location_code)
        end,
        accounts.account_type in ('revenue', 'expense')

)

select
    company_id,
    fiscal_year,
    fiscal_period,
    account_code,
    currency,
    location_id,
    closing_amount - opening_amount as period_amount,
    closing_amount - coalesce(
        lag(closing_amount) over (
            partition by
                company_id, account_code, currency, location_id,
                case when is_year_to_date then fiscal_year else 0 end
            order by fiscal_year, fiscal_period
        ), 0
    ) as balance_change
from summed
