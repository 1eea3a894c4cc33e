-- The same item where it lies too long, and where it is missing and nothing is coming. The fullest
-- place stands beside each empty one.
with

covers as (

    select * from {{ ref('int_availability__cover') }}

),

short as (

    select * from covers
    where demand_qty > 0 and coming_qty = 0 and cover_days <= short_cover_days

),

surplus as (      -- pieces above what the limit of the place allows, at its own pace

    select
        *,
        held_qty - {{ divide_exact(
            'demand_qty * surplus_cover_days', 'demand_window_days', 6, by_scale=0
        ) }} as surplus_qty
    from covers
    where cover_days > surplus_cover_days or (demand_qty = 0 and held_qty > 0)

),

paired as (

    select
        short.company_id,
        short.item_id,
        short.location_id,
        short.held_qty,
        short.cover_days,
        short.demand_qty,
        short.demand_window_days,
        surplus.location_id as surplus_location_id,
        surplus.held_qty as surplus_held_qty,
        surplus.cover_days as surplus_cover_days,
        floor(surplus.surplus_qty) as surplus_qty,
        row_number() over (
            partition by short.company_id, short.item_id, short.location_id
            order by surplus.surplus_qty desc, surplus.location_id asc
        ) as preference
    from short
    inner join surplus
        on
            short.company_id = surplus.company_id
            and short.item_id = surplus.item_id
            and short.location_id <> surplus.location_id
    where surplus.surplus_qty >= 1

),

moved as (      -- what was brought from place to place in the same weeks

    select
        ledger_rows.company_id,
        ledger_rows.item_id,
        ledger_rows.from_location_id,
        ledger_rows.to_location_id,
        sum(ledger_rows.qty_base) as moved_qty,
        count(distinct ledger_rows.event_date) as moved_days
    from {{ ref('int_stock__ledger_row') }} as ledger_rows
    inner join {{ ref('int_master__company') }} as companies
        on ledger_rows.company_id = companies.company_id
    cross join {{ ref('int_availability__setting') }} as settings
    where
        ledger_rows.to_state = 'XFER_TRANSIT'
        and {{ days_between('ledger_rows.event_date', 'companies.as_of_date') }}
        < settings.demand_window_days
    group by
        ledger_rows.company_id, ledger_rows.item_id, ledger_rows.from_location_id,
        ledger_rows.to_location_id

)

select
    paired.company_id,
    paired.item_id,
    paired.location_id,
    paired.held_qty,
    paired.cover_days,
    paired.demand_qty,
    paired.demand_window_days,
    paired.surplus_location_id,
    paired.surplus_held_qty,
    paired.surplus_cover_days,
    cast(paired.surplus_qty as decimal(18, 6)) as surplus_qty,
    cast(
        lanes.cost_per_shipment + lanes.cost_per_unit * paired.surplus_qty as decimal(18, 4)
    ) as transfer_cost_amount,
    cast(coalesce(moved.moved_qty, 0) as decimal(18, 6)) as moved_qty,
    cast(
        coalesce(
            lanes.cost_per_shipment * moved.moved_days + lanes.cost_per_unit * moved.moved_qty, 0
        ) as decimal(18, 4)
    ) as paid_transfer_amount
from paired
left join moved
    on
        paired.company_id = moved.company_id
        and paired.item_id = moved.item_id
        and paired.surplus_location_id = moved.from_location_id
        and paired.location_id = moved.to_location_id
left join {{ ref('int_availability__lane') }} as lanes
    on
        paired.company_id = lanes.company_id
        and paired.surplus_location_id = lanes.from_location_id
        and paired.location_id = lanes.to_location_id
where paired.preference = 1
