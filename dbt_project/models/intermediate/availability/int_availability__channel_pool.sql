{{ config(materialized='view') }}

-- Step 2 of 3: what all channels together have, as each of them is allowed to see it.
with

days as (

    select * from {{ ref('int_availability__day') }}

),

policies as (

    select * from {{ ref('int_availability__channel_policy') }}

),

stock as (

    select * from {{ ref('int_availability__stock') }}

),

safety_stocks as (

    select * from {{ ref('int_availability__safety_stock') }}

),

pools as (

    select
        days.*,
        policies.location_group,
        policies.channel,
        policies.policy_id,
        policies.share_pct,
        -- without a share of its own a channel lives on what the shares leave over
        coalesce(
            case when policies.channel <> '*' then policies.share_pct end,
            greatest(100 - policies.shared_pct, 0)
        ) as part_pct,
        case when policies.channel = '*' then 0 else policies.protected_qty end as own_qty,
        policies.protected_all_qty,
        coalesce(stock.on_hand_qty, 0) as on_hand_qty,
        coalesce(stock.phantom_qty, 0) as phantom_qty,
        coalesce(stock.reserved_qty, 0) as reserved_qty,
        coalesce(stock.picked_qty, 0) as picked_qty,
        coalesce(stock.consigned_in_qty, 0) as consigned_in_qty,
        coalesce(stock.qc_hold_qty, 0) as qc_hold_qty,
        safety_stocks.safety_stock_qty,
        safety_stocks.safety_stock_source,
        case when policies.use_safety_buffer then safety_stocks.safety_stock_qty else 0 end
            as safety_buffer_qty
    from days
    inner join policies
        on
            days.company_id = policies.company_id
            and days.location_id = policies.location_id
    inner join safety_stocks
        on
            days.company_id = safety_stocks.company_id
            and days.item_id = safety_stocks.item_id
            and days.location_id = safety_stocks.location_id
    left join stock
        on
            days.company_id = stock.company_id
            and days.item_id = stock.item_id
            and days.location_id = stock.location_id

)

select
    *,
    on_hand_qty + consigned_in_qty - phantom_qty - safety_buffer_qty as now_qty,
    on_hand_qty + consigned_in_qty - phantom_qty - safety_buffer_qty + net_ahead_qty as ahead_qty
from pools
