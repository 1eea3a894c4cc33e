with

choices as (

    select * from {{ ref('int_ledger__account_choice') }}

),

companies as (

    select * from {{ ref('int_master__company') }}

),

days as (

    select * from {{ ref('int_master__calendar_day') }}

),

located_accounts as (

    select * from {{ ref('int_ledger__located_account') }}

)

select
    choices.company_id,
    days.fiscal_year,
    days.fiscal_period,
    choices.account_code,
    choices.account_role,
    choices.tie_group,
    companies.currency,
    case when located_accounts.account_code is not null then choices.location_id else '' end
        as location_id,
    sum(choices.expected_amount) as expected_amount,
    sum(choices.entry_count) as entry_count
from choices
inner join companies
    on choices.company_id = companies.company_id
inner join days
    on
        choices.company_id = days.company_id
        and choices.posting_date = days.date
left join located_accounts
    on
        choices.company_id = located_accounts.company_id
        and choices.account_code = located_accounts.account_code
group by
    choices.company_id, days.fiscal_year, days.fiscal_period, choices.account_code,
    choices.account_role, choices.tie_group, companies.currency,
    case when located_accounts.account_code is not null then choices.location_id else '' end
