-- Step 1 of 3: what a place can promise on each day on which something changes, before channels
-- divide it. Everything is counted up to the day; the last column looks ahead, so that what is sold
-- today never takes what a later promise needs.
with

companies as (

    select * from {{ ref('int_master__company') }}

),

settings as (

    select * from {{ ref('int_availability__setting') }}

),

changes as (

    select
        stock.company_id, stock.item_id, stock.location_id, companies.as_of_date as date,
        stock.received_qty, 0 as qc_release_qty, 0 as inbound_qty, 0 as transfer_qty,
        0 as on_order_qty, 0 as demand_qty
    from {{ ref('int_availability__stock') }} as stock
    inner join companies
        on stock.company_id = companies.company_id
    union all
    select company_id, item_id, location_id, qc_release_date, 0, qc_pass_qty, 0, 0, 0, 0
    from {{ ref('int_availability__stock') }}
    where qc_pass_qty > 0
    union all
    select
        company_id, item_id, location_id, available_date, 0, 0,
        case when supply_kind = 'inbound' then open_qty else 0 end,
        case when supply_kind = 'transfer' then open_qty else 0 end,
        case when supply_kind = 'on_order' then open_qty else 0 end,
        0
    from {{ ref('int_availability__arrival') }}
    where is_promisable
    union all
    select company_id, item_id, location_id, due_date, 0, 0, 0, 0, 0, unreserved_qty
    from {{ ref('int_availability__demand_place') }}
    where location_id is not null and unreserved_qty > 0
    union all
    -- every place and item that is named anywhere has a row for today
    select
        named.company_id, named.item_id, named.location_id, companies.as_of_date,
        0, 0, 0, 0, 0, 0
    from {{ ref('int_availability__safety_stock') }} as named
    inner join companies
        on named.company_id = companies.company_id

),

by_day as (

    select
        changes.company_id,
        changes.item_id,
        changes.location_id,
        changes.date,
        sum(changes.received_qty) as received_qty,
        sum(changes.qc_release_qty) as qc_release_qty,
        sum(changes.inbound_qty) as inbound_qty,
        sum(changes.transfer_qty) as transfer_qty,
        sum(changes.on_order_qty) as on_order_qty,
        sum(changes.demand_qty) as demand_qty
    from changes
    inner join companies
        on changes.company_id = companies.company_id
    cross join settings
    where
        {{ days_between('companies.as_of_date', 'changes.date') }} <= settings.horizon_days
    group by changes.company_id, changes.item_id, changes.location_id, changes.date

),

counted as (

    select
        company_id,
        item_id,
        location_id,
        date,
        sum(received_qty) over so_far as received_qty,
        sum(qc_release_qty) over so_far as qc_release_qty,
        sum(inbound_qty) over so_far as inbound_qty,
        sum(transfer_qty) over so_far as transfer_qty,
        sum(on_order_qty) over so_far as on_order_qty,
        sum(demand_qty) over so_far as demand_qty
    from by_day
    window so_far as (
        partition by company_id, item_id, location_id
        order by date
        rows between unbounded preceding and current row
    )

)

select
    company_id,
    item_id,
    location_id,
    date,
    cast(received_qty as decimal(18, 6)) as received_qty,
    cast(qc_release_qty as decimal(18, 6)) as qc_release_qty,
    cast(inbound_qty as decimal(18, 6)) as inbound_qty,
    cast(transfer_qty as decimal(18, 6)) as transfer_qty,
    cast(on_order_qty as decimal(18, 6)) as on_order_qty,
    cast(demand_qty as decimal(18, 6)) as demand_qty,
    cast(
        min(
            received_qty + qc_release_qty + inbound_qty + transfer_qty + on_order_qty - demand_qty
        ) over (
            partition by company_id, item_id, location_id
            order by date
            rows between current row and unbounded following
        ) as decimal(18, 6)
    ) as net_ahead_qty
from counted
