with

run as (

    select * from {{ ref('int_control__run') }}

),

assembled as (

    select * from {{ ref('int_demand__item_day') }}

),

locations as (

    select * from {{ ref('dim_location') }}

)

select
    assembled.company_id,
    assembled.item_id,
    assembled.location_id,
    assembled.date,

    assembled.demand_qty,
    assembled.shipped_qty,
    assembled.demand_basis,
    cast(assembled.in_stock_share as decimal(3, 2)) as in_stock_share,
    -- an order taken without stock is demand all the same; a day without either says nothing
    coalesce(assembled.in_stock_share = 0, false)
    and not (assembled.demand_basis = 'orders' and assembled.demand_qty > 0) as is_censored,
    assembled.promo,
    assembled.price,

    greatest(
        coalesce(
            assembled.told_at,
            {{ midnight_utc('assembled.date + interval 1 day', 'locations.timezone') }}
        ),
        {{ midnight_utc('assembled.date + interval 1 day', 'locations.timezone') }}
    ) as known_at,
    run.as_of_at,
    run.watermark_at
from assembled
inner join locations
    on
        assembled.company_id = locations.company_id
        and assembled.location_id = locations.location_id
cross join run
