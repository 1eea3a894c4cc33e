with

grid as (

    select * from {{ ref('int_demand__grid') }}

),

states as (

    select * from {{ ref('stock_state') }}

),

sellable_changes as (

    select
        legs.company_id,
        legs.item_id,
        legs.location_id,
        legs.event_date as date,
        sum(legs.qty_change) as qty_change
    from {{ ref('int_stock__leg') }} as legs
    inner join states
        on
            legs.stock_state = states.stock_state
            and states.is_sellable_now
    group by legs.company_id, legs.item_id, legs.location_id, legs.event_date

),

stacked as (      -- one row per day of either side, so that the running sum meets every grid day

    select company_id, item_id, location_id, date, 0 as qty_change, 1 as is_grid, 0 as is_ledger
    from grid
    union all
    select company_id, item_id, location_id, date, qty_change, 0, 1
    from sellable_changes

),

per_day as (

    select
        company_id,
        item_id,
        location_id,
        date,
        sum(qty_change) as qty_change,
        max(is_grid) as is_grid,
        max(is_ledger) as is_ledger
    from stacked
    group by company_id, item_id, location_id, date

),

running as (

    select
        *,
        sum(qty_change) over (
            partition by company_id, item_id, location_id
            order by date
            rows between unbounded preceding and current row
        ) as closing_qty,
        max(is_ledger) over (
            partition by company_id, item_id, location_id
            order by date
            rows between unbounded preceding and current row
        ) as is_known
    from per_day

)

select
    company_id,
    item_id,
    location_id,
    date,
    cast(closing_qty - qty_change as decimal(18, 6)) as opening_qty,
    cast(closing_qty as decimal(18, 6)) as closing_qty,
    is_known = 1 as is_stock_known
from running
where is_grid = 1
