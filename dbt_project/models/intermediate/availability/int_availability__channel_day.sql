-- Step 3 of 3: what each channel may promise. A share or a protected quantity of one channel is
-- nobody else's; what is left belongs to all others. Below zero nothing is divided: everybody sees
-- the shortage.
with

pools as (

    select * from {{ ref('int_availability__channel_pool') }}

),

kept as (      -- what is protected for the named channels goes first

    select
        *,
        least(greatest(now_qty, 0), protected_all_qty) as now_kept_qty,
        least(greatest(ahead_qty, 0), protected_all_qty) as ahead_kept_qty
    from pools

),

divided as (      -- its own part of what is kept, and its share of the rest

    select
        *,
        case
            when own_qty = 0 then 0
            else {{ divide_exact('own_qty * now_kept_qty', 'protected_all_qty', 6) }}
        end as now_own_qty,
        case
            when own_qty = 0 then 0
            else {{ divide_exact('own_qty * ahead_kept_qty', 'protected_all_qty', 6) }}
        end as ahead_own_qty,
        case
            when part_pct = 100 then now_qty - now_kept_qty
            else {{ divide_exact('(now_qty - now_kept_qty) * part_pct', '100', 6, by_scale=0) }}
        end as now_part_qty,
        case
            when part_pct = 100 then ahead_qty - ahead_kept_qty
            else {{ divide_exact('(ahead_qty - ahead_kept_qty) * part_pct', '100', 6, by_scale=0) }}
        end as ahead_part_qty
    from kept

)

select
    company_id,
    item_id,
    location_id,
    location_group,
    channel,
    date,
    policy_id,
    share_pct,
    on_hand_qty,
    phantom_qty,
    reserved_qty,
    picked_qty,
    consigned_in_qty,
    qc_hold_qty,
    received_qty,
    qc_release_qty,
    inbound_qty,
    transfer_qty,
    on_order_qty,
    demand_qty,
    safety_stock_qty,
    safety_stock_source,
    cast(safety_buffer_qty as decimal(18, 6)) as safety_buffer_qty,
    net_ahead_qty,
    cast(now_qty as decimal(18, 6)) as now_qty,
    cast(ahead_qty as decimal(18, 6)) as ahead_qty,
    -- pieces that a division would break belong to nobody
    cast(
        case
            when now_qty <= 0 then now_qty
            when now_own_qty + now_part_qty = now_qty then now_qty
            when now_qty = floor(now_qty) then floor(now_own_qty) + floor(now_part_qty)
            else now_own_qty + now_part_qty
        end as decimal(18, 6)
    ) as available_now_qty,
    cast(
        case
            when ahead_qty <= 0 then ahead_qty
            when ahead_own_qty + ahead_part_qty = ahead_qty then ahead_qty
            when ahead_qty = floor(ahead_qty) then floor(ahead_own_qty) + floor(ahead_part_qty)
            else ahead_own_qty + ahead_part_qty
        end as decimal(18, 6)
    ) as available_projected_qty
from divided
