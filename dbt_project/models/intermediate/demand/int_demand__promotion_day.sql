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
            events.source_system = item_codes.source_system
            and events.company_id = item_codes.company_id
            and events.item_code = item_codes.item_code
    left join location_codes
        on
            events.source_system = location_codes.source_system
            and events.company_id = location_codes.company_id
            and events.location_code = location_codes.location_code
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
        grid.company_id = items.company_id
        and grid.item_id = items.item_id
inner join promotions
    on
        promotions.company_id in (grid.company_id, '*')
        and grid.date between promotions.start_date and promotions.end_date
        and (promotions.item_code is null or grid.item_id = promotions.item_id)
        and (promotions.location_code is null or grid.location_id = promotions.location_id)
        and (promotions.category is null or items.category = promotions.category)
