with

states as (

    select * from {{ ref('stock_state') }}

),

stacked as (      -- each component in its own column, what customers still wait for as a minus

    select
        legs.company_id, legs.item_id, legs.location_id,
        case when states.is_sellable_now then legs.qty_change else 0 end as on_hand_qty,
        case when legs.stock_state in ('RESERVED', 'PICKED', 'PACKED') then legs.qty_change else 0 end
            as reserved_qty,
        case when legs.stock_state in ('RECEIVED', 'QC_HOLD') then legs.qty_change else 0 end
            as dock_qty,
        case
            when legs.stock_state in ('XFER_TRANSIT', 'IN_TRANSIT_IN') then legs.qty_change
            else 0
        end as in_transit_qty,
        case when legs.stock_state = 'ON_ORDER' then legs.qty_change else 0 end as on_order_qty,
        0 as open_demand_qty
    from {{ ref('int_stock__leg') }} as legs
    inner join states
        on legs.stock_state = states.stock_state
    union all
    select company_id, item_id, location_id, 0, 0, 0, 0, qty_base, 0
    from {{ ref('int_planning__on_order') }}
    union all
    select company_id, item_id, location_id, 0, 0, 0, 0, 0, -qty_base
    from {{ ref('int_planning__open_demand') }}

)

select
    company_id,
    item_id,
    location_id,
    cast(sum(on_hand_qty) as decimal(18, 6)) as on_hand_qty,
    cast(sum(reserved_qty) as decimal(18, 6)) as reserved_qty,
    cast(sum(dock_qty) as decimal(18, 6)) as dock_qty,
    cast(sum(in_transit_qty) as decimal(18, 6)) as in_transit_qty,
    cast(sum(on_order_qty) as decimal(18, 6)) as on_order_qty,
    cast(sum(open_demand_qty) as decimal(18, 6)) as open_demand_qty,
    cast(
        sum(
            on_hand_qty + reserved_qty + dock_qty + in_transit_qty + on_order_qty + open_demand_qty
        ) as decimal(18, 6)
    ) as position_qty
from stacked
group by company_id, item_id, location_id
