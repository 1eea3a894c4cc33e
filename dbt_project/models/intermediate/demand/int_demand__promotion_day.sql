with

grid as (

    select * from {{ ref('int_demand__grid') }}

),

items as (

    select * from {{ ref('int_master__item') }}

),

item_codes as (

    select * from {{ ref('int_master__item_code') }}

),

location_codes as (

    select * from {{ ref('int_master__location_code') }}

),

promotions as (

    select
        events.company_id,
        events.start_date,
        events.end_date,
        events.category,
        events.item_code,
        events.location_code,
        item_codes.item_id,
        location_codes.location_id
    from {{ ref('stg_demand__calendar_event') }} as events
    left join item_codes
        on
            item_codes.source_system = events.source_system
            and item_codes.company_id = events.company_id
            and item_codes.item_code = events.item_code
    left join location_codes
        on
            location_codes.source_system = events.source_system
            and location_codes.company_id = events.company_id
            and location_codes.location_code = events.location_code
    where events.event_type = 'promotion'

)

select distinct
    grid.company_id,
    grid.item_id,
    grid.location_id,
    grid.date
from grid
inner join items
    on
        items.company_id = grid.company_id
        and items.item_id = grid.item_id
inner join promotions
    on
        promotions.company_id in (grid.company_id, '*')
        and grid.date between promotions.start_date and promotions.end_date
        and (promotions.item_code is null or promotions.item_id = grid.item_id)
        and (promotions.location_code is null or promotions.location_id = grid.location_id)
        and (promotions.category is null or promotions.category = items.category)
