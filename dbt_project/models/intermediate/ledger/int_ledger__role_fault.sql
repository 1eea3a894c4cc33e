-- Roles that expected entries need and that no account carries, or that several carry with equal right.
-- The ledger of such a company is not tied out before somebody says where these entries belong.

with

ledger_companies as (

    select company_id from {{ ref('stg_gl__journal_line') }}
    group by company_id
    union
    select company_id from {{ ref('stg_gl__balance') }}
    group by company_id

),

faults as (

    select role_accounts.*
    from {{ ref('int_ledger__role_account') }} as role_accounts
    inner join ledger_companies
        on role_accounts.company_id = ledger_companies.company_id
    where role_accounts.candidate_count <> 1 and role_accounts.entry_count > 0

)

select
    company_id,
    account_role,
    case when min(candidate_count) = 0 then 'no account' else 'several accounts' end as fault,
    case when min(candidate_count) = 0 then '' else min(first_account_code) end as first_account_code,
    case when min(candidate_count) = 0 then '' else max(last_account_code) end as last_account_code,
    case
        when min(valuation_class) = max(valuation_class) then min(valuation_class) else ''
    end as valuation_class,
    case when min(location_id) = max(location_id) then min(location_id) else '' end as location_id,
    case when min(channel) = max(channel) then min(channel) else '' end as channel,
    min(posting_date) as first_date,
    max(posting_date) as last_date,
    cast(sum(entry_count) as bigint) as entry_count,
    cast(sum(entry_amount) as decimal(18, 4)) as entry_amount
from faults
group by company_id, account_role
