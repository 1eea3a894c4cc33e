with

legs as (

    select * from {{ ref('int_stock__leg') }}

),

states as (

    select * from {{ ref('stock_state') }}

),

changes as (

    select
        legs.company_id,
        legs.item_id,
        legs.location_id,
        legs.stock_state,
        legs.event_date,
        sum(legs.qty_change) as qty_change,
        sum(case when legs.owner_id = legs.company_id and states.is_valued then legs.qty_change else 0 end)
            as valued_qty_change,
        sum(legs.leg_count) as leg_count
    from legs
    inner join states
        on legs.stock_state = states.stock_state
    group by
        legs.company_id, legs.item_id, legs.location_id, legs.stock_state, legs.event_date

),

balances as (

    select
        *,
        sum(qty_change) over (
            partition by company_id, item_id, location_id, stock_state
            order by event_date
            rows between unbounded preceding and current row
        ) as qty_base,
        sum(valued_qty_change) over (
            partition by company_id, item_id, location_id, stock_state
            order by event_date
            rows between unbounded preceding and current row
        ) as valued_qty
    from changes

)

select
    company_id,
    item_id,
    location_id,
    stock_state,
    event_date as date,

    cast(qty_change as decimal(18, 6)) as qty_change,
    cast(qty_base as decimal(18, 6)) as qty_base,
    cast(valued_qty as decimal(18, 6)) as valued_qty,
    cast(leg_count as bigint) as leg_count
from balances
