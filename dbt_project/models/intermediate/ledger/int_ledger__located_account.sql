{{ config(materialized='view') }}

-- Accounts that the ledger itself keeps by location: by its balances where it sends them, else by
-- its journals.

with

balances as (

    select company_id, account, location_code, ledger from {{ ref('stg_gl__balance') }}

),

balance_companies as (

    select company_id from balances
    group by company_id

)

select
    company_id,
    account as account_code
from balances
where coalesce(location_code, '') <> '' and coalesce(ledger, '') = ''
group by company_id, account
union
select
    journal_lines.company_id,
    journal_lines.account_code
from {{ ref('int_ledger__journal_line') }} as journal_lines
left join balance_companies
    on journal_lines.company_id = balance_companies.company_id
where
    balance_companies.company_id is null
    and journal_lines.location_id <> ''
    and journal_lines.is_posted
    and journal_lines.ledger = ''
group by journal_lines.company_id, journal_lines.account_code
