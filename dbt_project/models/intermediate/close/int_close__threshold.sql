-- How much an account may differ and still be certified by itself: its own threshold, else the one
-- for all, and never more than what is material.

with

companies as (

    select * from {{ ref('int_master__company') }}

),

decisions as (

    select
        companies.company_id,
        policies.tolerance,
        policies.scope,
        policies.value
    from companies
    inner join {{ ref('int_policy__tolerance') }} as policies
        on
            companies.company_id = policies.company_id
            and policies.tolerance in ('gl_account', 'gl_materiality')
            and companies.as_of_date between policies.valid_from and policies.valid_to

)

select
    accounts.company_id,
    accounts.account_code,
    cast(coalesce(own.value, general.value, 0) as decimal(18, 4)) as account_threshold,
    cast(materiality.value as decimal(18, 4)) as materiality,
    cast(
        least(coalesce(own.value, general.value, 0), coalesce(materiality.value, 0))
        as decimal(18, 4)
    ) as threshold_amount
from {{ ref('int_ledger__account') }} as accounts
left join decisions as own
    on
        accounts.company_id = own.company_id
        and own.tolerance = 'gl_account'
        and accounts.account_code = own.scope
left join decisions as general
    on
        accounts.company_id = general.company_id
        and general.tolerance = 'gl_account'
        and general.scope = ''
left join decisions as materiality
    on
        accounts.company_id = materiality.company_id
        and materiality.tolerance = 'gl_materiality'
        and materiality.scope = ''
