{{ config(materialized='view') }}

-- The tolerances of the whole company in force at the run, side by side.

with

companies as (

    select * from {{ ref('int_master__company') }}

),

tolerances as (

    select *
    from {{ ref('int_policy__tolerance') }}
    where scope = ''

)

select
    companies.company_id,
    coalesce(max(case when tolerances.tolerance = 'qty_abs' then tolerances.value end), 0)
        as qty_abs,
    coalesce(max(case when tolerances.tolerance = 'qty_pct' then tolerances.value end), 0)
        as qty_pct,
    coalesce(max(case when tolerances.tolerance = 'price_abs' then tolerances.value end), 0)
        as price_abs,
    coalesce(max(case when tolerances.tolerance = 'price_pct' then tolerances.value end), 0)
        as price_pct,
    coalesce(max(case when tolerances.tolerance = 'gl_account' then tolerances.value end), 0)
        as gl_account,
    coalesce(max(case when tolerances.tolerance = 'gl_materiality' then tolerances.value end), 0)
        as gl_materiality
from companies
left join tolerances
    on
        companies.company_id = tolerances.company_id
        and companies.as_of_date between tolerances.valid_from and tolerances.valid_to
group by companies.company_id
