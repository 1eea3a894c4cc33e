-- What the system's own subledgers say an account holds: the last extract inside each period.

with

companies as (

    select * from {{ ref('int_master__company') }}

),

accounts as (

    select * from {{ ref('int_ledger__account') }}

),

only_account as (      -- an extract that names no account speaks of the one that carries the role

    select company_id, account_role, min(account_code) as account_code
    from accounts
    where account_role in ('INV', 'AR', 'AP')
    group by company_id, account_role
    having count(*) = 1

),

rows_sent as (

    select
        source_system, company_id, as_of_date, account, 'INV' as account_role,
        location_code, value as amount
    from {{ ref('stg_gl__inventory_subledger') }}
    union all
    select
        source_system, company_id, as_of_date, account, 'AR',
        null, coalesce(open_amount_company, open_amount)
    from {{ ref('stg_gl__ar_open_item') }}
    union all
    select
        source_system, company_id, as_of_date, account, 'AP',
        null, coalesce(open_amount_company, open_amount)
    from {{ ref('stg_gl__ap_open_item') }}

),

named as (

    select
        rows_sent.company_id,
        rows_sent.account_role,
        rows_sent.as_of_date,
        coalesce(nullif(rows_sent.account, ''), only_account.account_code) as account_code,
        coalesce(locations.location_id, rows_sent.location_code, '') as location_id,
        rows_sent.amount
    from rows_sent
    left join {{ ref('int_master__location_code') }} as locations
        on
            rows_sent.source_system = locations.source_system
            and rows_sent.company_id = locations.company_id
            and rows_sent.location_code = locations.location_code
    inner join companies
        on
            rows_sent.company_id = companies.company_id
            and rows_sent.as_of_date <= companies.as_of_date
    left join only_account
        on
            rows_sent.company_id = only_account.company_id
            and rows_sent.account_role = only_account.account_role

),

dated as (

    select
        named.*,
        days.fiscal_year,
        days.fiscal_period,
        max(named.as_of_date) over (
            partition by
                named.company_id, named.account_role, days.fiscal_year, days.fiscal_period
        ) as last_date
    from named
    inner join {{ ref('int_master__calendar_day') }} as days
        on
            named.company_id = days.company_id
            and named.as_of_date = days.date
    where named.account_code is not null

)

select
    dated.company_id,
    dated.fiscal_year,
    dated.fiscal_period,
    dated.account_code,
    case when located_accounts.account_code is not null then dated.location_id else '' end
        as location_id,
    sum(dated.amount) as erp_subledger_amount
from dated
left join {{ ref('int_ledger__located_account') }} as located_accounts
    on
        dated.company_id = located_accounts.company_id
        and dated.account_code = located_accounts.account_code
where dated.as_of_date = dated.last_date
group by
    dated.company_id, dated.fiscal_year, dated.fiscal_period, dated.account_code,
    case when located_accounts.account_code is not null then dated.location_id else '' end
