with

run as (

    select * from {{ ref('int_control__run') }}

),

advice as (

    select * from {{ ref('int_planning__transfer') }}

),

items as (

    select * from {{ ref('dim_item') }}

),

companies as (

    select * from {{ ref('dim_company') }}

)

select
    advice.company_id,
    advice.item_id,
    items.item_name,
    advice.from_location_id,
    advice.to_location_id,

    advice.qty,
    items.base_uom,
    advice.saving_amount,
    advice.cost_amount,
    advice.benefit_amount,
    companies.currency,
    advice.surplus_qty,
    advice.deficit_qty,

    advice.stockout_date,
    advice.latest_ship_date,
    advice.lead_time_days,
    advice.reason,
    advice.origin_date,
    advice.forecast_version,
    run.policy_version,
    run.as_of_at,
    run.watermark_at
from advice
inner join items
    on
        advice.company_id = items.company_id
        and advice.item_id = items.item_id
inner join companies
    on advice.company_id = companies.company_id
cross join run
