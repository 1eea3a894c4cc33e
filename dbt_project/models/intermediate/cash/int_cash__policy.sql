with

companies as (

    select * from {{ ref('int_master__company') }}

),

settings as (

    select
        max(case when setting = 'cash_items' then value end) as max_items,
        max(case when setting = 'cash_steps' then value end) as max_steps,
        max(case when setting = 'cash_oldest_first' then value end) as oldest_first
    from {{ ref('receivable_setting') }}

),

tolerances as (

    select
        companies.company_id,
        max(case when decisions.tolerance = 'cash_abs' then decisions.value end) as cash_abs,
        max(case when decisions.tolerance = 'amount_abs' then decisions.value end) as amount_abs
    from companies
    inner join {{ ref('int_policy__tolerance') }} as decisions
        on
            companies.company_id = decisions.company_id
            and decisions.tolerance in ('amount_abs', 'cash_abs')
            and decisions.scope = ''
            and companies.as_of_date between decisions.valid_from and decisions.valid_to
    group by companies.company_id

)

select
    companies.company_id,
    cast(coalesce(tolerances.cash_abs, 0) as decimal(18, 4)) as tolerance,
    cast(coalesce(tolerances.amount_abs, 0) as decimal(18, 4)) as amount_tolerance,
    cast(settings.max_items as integer) as max_items,
    cast(settings.max_steps as bigint) as max_steps,
    settings.oldest_first = 1 as is_oldest_first
from companies
cross join settings
left join tolerances
    on companies.company_id = tolerances.company_id
