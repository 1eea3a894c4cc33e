with

run as (

    select * from {{ ref('int_control__run') }}

),

plans as (

    select * from {{ ref('int_planning__plan') }}

),

companies as (

    select * from {{ ref('dim_company') }}

)

select
    plans.company_id,
    plans.item_class,
    plans.period_start as period_start_date,
    plans.period_end as period_end_date,
    plans.quantile,

    plans.forecast_qty,
    plans.priced_qty,
    plans.costed_qty,
    plans.revenue_amount as revenue,
    plans.cogs_amount as cogs,
    plans.cash_in_amount as cash_in,
    plans.cash_out_amount as cash_out,
    companies.currency,

    plans.forecast_version,
    run.policy_version,
    run.as_of_at,
    run.watermark_at
from plans
inner join companies
    on plans.company_id = companies.company_id
cross join run
