-- Goods of ours by place, lot and state, with the pool of costs that they are a share of: that of their
-- lot, of their place, else of the whole company. Of a pool whose layers say of as many pieces as are on
-- their way from suppliers that they are, these are told apart, at what they are bought for (ruling C6).
with

held as (

    select
        legs.company_id, legs.item_id, legs.location_id, legs.lot_number, legs.stock_state,
        states.is_pooled,
        cast(sum(legs.qty_change) as decimal(18, 6)) as qty_base
    from {{ ref('int_stock__leg') }} as legs
    inner join {{ ref('stock_state') }} as states
        on legs.stock_state = states.stock_state
    where states.is_valued and legs.owner_id = legs.company_id
    group by
        legs.company_id, legs.item_id, legs.location_id, legs.lot_number, legs.stock_state,
        states.is_pooled
    having sum(legs.qty_change) <> 0

),

pools as (

    select
        company_id, item_id, cost_pool_id,
        cast(sum(qty_remaining) as decimal(18, 6)) as pool_qty,
        cast(sum(value_remaining) as decimal(18, 4)) as pool_value,
        cast(sum(case when is_on_the_way then qty_remaining else 0 end) as decimal(18, 6)) as coming_qty,
        cast(sum(case when is_on_the_way then value_remaining else 0 end) as decimal(18, 4)) as coming_value
    from {{ ref('stg_computed__cost_layer') }}
    where is_policy_method
    group by company_id, item_id, cost_pool_id

),

placed as (      -- of its lot, of its place, else of the whole company

    select
        held.*,
        case when held.is_pooled then coalesce(
            of_lot.cost_pool_id, of_place.cost_pool_id, of_company.cost_pool_id
        ) end as cost_pool_id
    from held
    left join pools as of_lot
        on
            held.lot_number <> ''
            and held.company_id = of_lot.company_id
            and held.item_id = of_lot.item_id
            and held.lot_number = of_lot.cost_pool_id
    left join pools as of_place
        on
            held.company_id = of_place.company_id
            and held.item_id = of_place.item_id
            and held.location_id = of_place.cost_pool_id
    left join pools as of_company
        on
            held.company_id = of_company.company_id
            and held.item_id = of_company.item_id
            and of_company.cost_pool_id = '*'

),

sided as (

    select
        placed.*,
        pools.pool_qty, pools.pool_value, pools.coming_qty, pools.coming_value,
        coalesce(pools.coming_qty = sum(
            case when placed.stock_state = 'IN_TRANSIT_IN' then placed.qty_base else 0 end
        ) over (partition by placed.company_id, placed.item_id, placed.cost_pool_id), false) as is_told_apart
    from placed
    left join pools
        on
            placed.company_id = pools.company_id
            and placed.item_id = pools.item_id
            and placed.cost_pool_id = pools.cost_pool_id

)

select
    company_id,
    item_id,
    location_id,
    lot_number,
    stock_state,
    is_pooled,
    qty_base,
    cost_pool_id,
    is_told_apart and stock_state = 'IN_TRANSIT_IN' as is_on_the_way,
    case
        when not is_told_apart then pool_qty
        when stock_state = 'IN_TRANSIT_IN' then coming_qty
        else cast(pool_qty - coming_qty as decimal(18, 6))
    end as pool_qty,
    case
        when not is_told_apart then pool_value
        when stock_state = 'IN_TRANSIT_IN' then coming_value
        else cast(pool_value - coming_value as decimal(18, 4))
    end as pool_value
from sided
