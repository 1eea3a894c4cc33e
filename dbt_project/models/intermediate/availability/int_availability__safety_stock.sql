-- The safety stock that operations keep, for each place; where they keep none, what we advise. A
-- company without any stock feed has no row: what it has is not known, which is not nothing.
with

named as (

    select company_id, item_id, location_id from {{ ref('int_availability__stock') }}
    union
    select company_id, item_id, location_id from {{ ref('int_availability__arrival') }}
    union
    select company_id, item_id, location_id from {{ ref('int_availability__demand_place') }}
    where location_id is not null

),

places as (

    select
        named.company_id,
        named.item_id,
        named.location_id
    from named
    inner join (
        select company_id from {{ ref('int_availability__stock') }}
        group by company_id
    ) as heard_of
        on named.company_id = heard_of.company_id

),

items as (

    select * from {{ ref('int_master__item') }}

),

advice as (

    select * from {{ ref('int_planning__reorder_advice') }}

)

select
    places.company_id,
    places.item_id,
    places.location_id,
    cast(coalesce(items.safety_stock, ceil(advice.safety_stock), 0) as decimal(18, 6))
        as safety_stock_qty,
    case
        when items.safety_stock is not null then 'item master'
        when advice.safety_stock is not null then 'advice'
        else 'none'
    end as safety_stock_source
from places
left join items
    on
        places.company_id = items.company_id
        and places.item_id = items.item_id
left join advice
    on
        places.company_id = advice.company_id
        and places.item_id = advice.item_id
        and places.location_id = advice.location_id
