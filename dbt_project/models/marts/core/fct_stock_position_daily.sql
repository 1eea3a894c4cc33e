{{ config(materialized='view') }}

with

run as (

    select * from {{ ref('int_control__run') }}

),

balances as (

    select * from {{ ref('int_stock__position_day') }}
    where qty_change <> 0

),

unit_days as (

    select * from {{ ref('int_valuation__unit_day') }}

)

select
    balances.company_id,
    balances.item_id,
    balances.location_id,
    balances.stock_state,
    balances.date,

    balances.qty_change,
    balances.qty_base,
    case
        when balances.valued_qty = 0 then cast(0 as decimal(18, 4))
        else cast(round(
            balances.valued_qty
            * coalesce(of_place.unit_cost, of_company.unit_cost), 4
        ) as decimal(18, 4))
    end as value_amount,

    run.as_of_at,
    run.watermark_at
from balances
left join unit_days as of_place
    on
        balances.company_id = of_place.company_id
        and balances.item_id = of_place.item_id
        and balances.location_id = of_place.location_id
        and balances.date = of_place.date
left join unit_days as of_company
    on
        balances.company_id = of_company.company_id
        and balances.item_id = of_company.item_id
        and of_company.location_id = ''
        and balances.date = of_company.date
cross join run
