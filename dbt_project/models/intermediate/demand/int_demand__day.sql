with

ordered as (

    select * from {{ ref('int_demand__wanted') }}
    where qty_base is not null

),

shipped as (

    select * from {{ ref('int_demand__shipped') }}
    where qty_base is not null

),

reported as (

    select * from {{ ref('int_demand__reported') }}
    where qty_demanded is not null

),

order_keys as (

    select distinct
        company_id,
        order_id,
        order_line
    from ordered

),

documented as (

    select company_id, location_id from ordered
    union
    select company_id, location_id from shipped

),

stacked as (

    select
        company_id, item_id, location_id, demand_date as date, 'orders' as basis,
        qty_base as demand_qty, 0 as shipped_qty,
        net_amount, case when net_amount is not null then qty_base end as priced_qty,
        known_at, 0 as stockouts
    from ordered
    union all
    select      -- what was shipped without an order we know was wanted the day it went
        shipped.company_id, shipped.item_id, shipped.location_id, shipped.ship_date,
        case when order_keys.order_id is null then 'shipments' else 'orders' end,
        case when order_keys.order_id is null then shipped.qty_base else 0 end, shipped.qty_base,
        null, null, shipped.known_at, 0
    from shipped
    left join order_keys
        on
            shipped.company_id = order_keys.company_id
            and shipped.order_id = order_keys.order_id
            and shipped.order_line = order_keys.order_line
    union all
    select
        reported.company_id, reported.item_id, reported.location_id, reported.demand_date,
        'history', reported.qty_demanded, coalesce(reported.qty_fulfilled, 0),
        reported.net_amount, reported.qty_demanded as priced_qty, reported.known_at,
        case when reported.is_stockout then 1 else 0 end
    from reported
    left join documented
        on
            reported.company_id = documented.company_id
            and reported.location_id = documented.location_id
    where documented.company_id is null

)

select
    company_id,
    item_id,
    location_id,
    date,
    cast(sum(demand_qty) as decimal(18, 6)) as demand_qty,
    cast(sum(shipped_qty) as decimal(18, 6)) as shipped_qty,
    cast(sum(net_amount) as decimal(18, 4)) as net_amount,
    cast(sum(priced_qty) as decimal(18, 6)) as priced_qty,
    max(known_at) as known_at,
    max(stockouts) = 1 as is_stockout_reported,
    min(basis) as demand_basis
from stacked
group by company_id, item_id, location_id, date
