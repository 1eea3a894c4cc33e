{{ config(materialized='view') }}

with

grid as (

    select * from {{ ref('int_demand__grid') }}

),

demand_days as (

    select * from {{ ref('int_demand__day') }}

),

stock_days as (

    select * from {{ ref('int_demand__stock_day') }}

),

promotion_days as (

    select * from {{ ref('int_demand__promotion_day') }}

)

select
    grid.company_id,
    grid.item_id,
    grid.location_id,
    grid.date,
    coalesce(demand_days.demand_qty, 0) as demand_qty,
    coalesce(demand_days.shipped_qty, 0) as shipped_qty,
    coalesce(demand_days.demand_basis, 'none') as demand_basis,
    {{ divide_exact('demand_days.net_amount', 'demand_days.priced_qty', 8, from_scale=4) }}
        as price,
    promotion_days.date is not null as promo,
    demand_days.known_at as told_at,
    -- known to the half day: what was there in the morning, and what was left at night
    case
        when coalesce(demand_days.is_stockout_reported, false) then 0
        when not stock_days.is_stock_known then null
        when stock_days.opening_qty > 0 and stock_days.closing_qty > 0 then 1
        when stock_days.opening_qty > 0 or stock_days.closing_qty > 0 then 0.5
        else 0
    end as in_stock_share
from grid
inner join stock_days
    on
        grid.company_id = stock_days.company_id
        and grid.item_id = stock_days.item_id
        and grid.location_id = stock_days.location_id
        and grid.date = stock_days.date
left join demand_days
    on
        grid.company_id = demand_days.company_id
        and grid.item_id = demand_days.item_id
        and grid.location_id = demand_days.location_id
        and grid.date = demand_days.date
left join promotion_days
    on
        grid.company_id = promotion_days.company_id
        and grid.item_id = promotion_days.item_id
        and grid.location_id = promotion_days.location_id
        and grid.date = promotion_days.date
