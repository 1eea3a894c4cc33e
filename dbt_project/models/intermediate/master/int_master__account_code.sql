{{ config(materialized='view') }}

-- An account that carries a role by policy is known, whether or not the chart lists it.

with

seen as (

    select source_system, company_id, account as account_code from {{ ref('stg_gl__journal_line') }}
    union
    select source_system, company_id, account from {{ ref('stg_gl__balance') }}

),

accounts as (

    select * from {{ ref('int_ledger__account') }}

),

charts as (      -- a company of whose accounts none are told has no chart that could lack one

    select company_id
    from accounts
    where is_in_master
    group by company_id

)

select
    seen.source_system,
    seen.company_id,
    seen.account_code,
    coalesce(accounts.is_in_master or accounts.account_role <> 'OTHER', false) as is_resolved
from seen
inner join charts
    on seen.company_id = charts.company_id
left join accounts
    on
        seen.company_id = accounts.company_id
        and seen.account_code = accounts.account_code
