-- From what Sales may promise to what lies in our buildings, and on to what we own: each step
-- counted for itself, in the place where it is known. Nothing is a remainder here, so that the sum
-- can fail.
with

states as (

    select * from {{ ref('stock_state') }}

),

steps as (

    select * from {{ ref('bridge_step') }}

),

held as (

    select
        legs.company_id,
        legs.item_id,
        legs.location_id,
        legs.stock_state,
        states.is_physical,
        states.is_valued and legs.owner_id = legs.company_id as is_ours,
        sum(legs.qty_change) as qty
    from {{ ref('int_stock__leg') }} as legs
    inner join states
        on legs.stock_state = states.stock_state
    group by
        legs.company_id, legs.item_id, legs.location_id, legs.stock_state,
        states.is_physical, states.is_valued and legs.owner_id = legs.company_id
    having sum(legs.qty_change) <> 0

),

promised as (      -- what everybody without a policy of his own may have today

    select channel_days.*
    from {{ ref('int_availability__channel_day') }} as channel_days
    inner join {{ ref('int_master__company') }} as companies
        on
            channel_days.company_id = companies.company_id
            and channel_days.date = companies.as_of_date
    where channel_days.channel = '*'

),

aged_damage as (

    select
        company_id,
        item_id,
        location_id,
        sum(qty_base) as qty
    from {{ ref('int_stock__waiting_lot') }}
    where stock_state = 'DAMAGED' and age_days > limit_days and not is_written_down
    group by company_id, item_id, location_id

),

stacked as (

    select company_id, item_id, location_id, 'sales_number' as step, available_now_qty as qty
    from promised
    union all
    select company_id, item_id, location_id, 'channel_protection', now_qty - available_now_qty
    from promised
    union all
    select company_id, item_id, location_id, 'safety_buffer', safety_buffer_qty
    from promised
    union all
    select company_id, item_id, location_id, 'phantom', phantom_qty
    from promised
    union all
    select company_id, item_id, location_id, 'reserved', reserved_qty
    from promised
    union all
    select
        held.company_id, held.item_id, held.location_id,
        case held.stock_state when 'RESERVED' then 'reserved' else 'not_sold_here' end, held.qty
    from held
    left join promised
        on
            held.company_id = promised.company_id
            and held.item_id = promised.item_id
            and held.location_id = promised.location_id
    where
        held.stock_state in ('ON_HAND', 'CONSIGN_IN', 'RESERVED')
        and promised.company_id is null
    union all
    select held.company_id, held.item_id, held.location_id, steps.step, held.qty
    from held
    inner join steps
        on
            held.stock_state = steps.stock_state
            and held.is_physical = (steps.step_number < 200)
            -- what is not here counts for finance only where it is ours
            and (held.is_physical or held.is_ours)
    where held.stock_state <> 'RESERVED'
    union all
    select company_id, item_id, location_id, 'damaged', -qty from aged_damage
    union all
    select company_id, item_id, location_id, 'damage_not_written_off', qty from aged_damage
    union all
    select company_id, item_id, location_id, 'warehouse_number', qty
    from held
    where is_physical
    union all
    select
        company_id, item_id, location_id,
        case stock_state
            when 'CONSIGN_IN' then 'consigned_in'
            when 'BILL_HOLD' then 'bill_and_hold_sold'
            else 'others_goods'
        end, -qty
    from held
    where is_physical and not is_ours

)

select
    company_id,
    item_id,
    location_id,
    step,
    cast(sum(qty) as decimal(18, 6)) as qty
from stacked
group by company_id, item_id, location_id, step
