-- Goods between two places of ours that no document announces to the receiver: the movement says
-- that they left, the lane says when they should be there.
with

companies as (

    select * from {{ ref('int_master__company') }}

),

on_the_road as (

    select
        company_id,
        item_id,
        location_id,
        sum(qty_change) as open_qty,
        max(case when qty_change > 0 then event_date end) as shipped_date
    from {{ ref('int_stock__leg') }}
    where stock_state = 'XFER_TRANSIT'
    group by company_id, item_id, location_id
    having sum(qty_change) > 0

),

announced as (

    select
        company_id,
        item_id,
        location_id,
        sum(case when side = 'announced' then qty_base else -qty_base end) as open_qty
    from {{ ref('int_availability__supply_document') }}
    where is_transfer and inbound_id is not null
    group by company_id, item_id, location_id, inbound_id, inbound_line
    having sum(case when side = 'announced' then 1 else 0 end) > 0

),

announced_by_place as (

    select
        company_id,
        item_id,
        location_id,
        sum(greatest(open_qty, 0)) as open_qty
    from announced
    group by company_id, item_id, location_id

),

lanes as (      -- the slowest way in: which one the goods took is not known

    select
        companies.company_id,
        lanes.to_location_id as location_id,
        max(lanes.lead_time_days) as lead_time_days
    from {{ ref('stg_policy__lane') }} as lanes
    inner join companies
        on
            lanes.company_id in (companies.company_id, '*')
            and lanes.valid_from <= companies.as_of_date
            and coalesce(lanes.valid_to, companies.as_of_date) >= companies.as_of_date
    group by companies.company_id, lanes.to_location_id

)

select
    on_the_road.company_id,
    on_the_road.item_id,
    on_the_road.location_id,
    cast(on_the_road.open_qty - coalesce(announced_by_place.open_qty, 0) as decimal(18, 6))
        as open_qty,
    cast(
        on_the_road.shipped_date
        + cast(ceil(lanes.lead_time_days) as integer) * interval 1 day as date
    ) as expected_date
from on_the_road
left join announced_by_place
    on
        on_the_road.company_id = announced_by_place.company_id
        and on_the_road.item_id = announced_by_place.item_id
        and on_the_road.location_id = announced_by_place.location_id
left join lanes
    on
        on_the_road.company_id = lanes.company_id
        and on_the_road.location_id = lanes.location_id
where on_the_road.open_qty > coalesce(announced_by_place.open_qty, 0)
