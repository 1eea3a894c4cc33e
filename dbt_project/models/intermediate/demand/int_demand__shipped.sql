with

run as (

    select * from {{ ref('int_control__run') }}

),

shipments as (

    select * from {{ ref('stg_wms__shipment') }}

),

shipment_lines as (

    select * from {{ ref('stg_wms__shipment_line') }}

),

item_codes as (

    select * from {{ ref('int_master__item_code') }}

),

location_codes as (

    select * from {{ ref('int_master__location_code') }}

),

confirmed as (

    select
        shipment_lines.source_system,
        shipment_lines.company_id,
        shipment_lines.order_id,
        shipment_lines.order_line,
        shipment_lines.item_code,
        shipment_lines.uom,
        shipment_lines.qty_shipped,
        coalesce(shipment_lines.location_code, shipments.ship_from_location) as location_code,
        shipments.ship_confirm_at
    from shipment_lines
    inner join shipments
        on
            shipment_lines.source_system = shipments.source_system
            and shipment_lines.company_id = shipments.company_id
            and shipment_lines.shipment_id = shipments.shipment_id
            and shipments.status in ('shipped', 'delivered')
            and shipments.shipment_type in ('sale', 'consignment', 'sample', 'warranty')
    inner join run
        on shipments.ship_confirm_at <= run.as_of_at

),

placed as (

    select
        confirmed.company_id,
        item_codes.item_id,
        location_codes.location_id,
        confirmed.order_id,
        confirmed.order_line,
        confirmed.ship_confirm_at,
        {{ local_date('confirmed.ship_confirm_at', 'location_codes.timezone') }} as ship_date,
        confirmed.uom,
        item_codes.base_uom,
        confirmed.qty_shipped
    from confirmed
    inner join item_codes
        on
            confirmed.source_system = item_codes.source_system
            and confirmed.company_id = item_codes.company_id
            and confirmed.item_code = item_codes.item_code
            and item_codes.is_resolved
    inner join location_codes
        on
            confirmed.source_system = location_codes.source_system
            and confirmed.company_id = location_codes.company_id
            and confirmed.location_code = location_codes.location_code

)

select
    placed.company_id,
    placed.item_id,
    placed.location_id,
    placed.order_id,
    placed.order_line,
    placed.ship_date,
    placed.ship_confirm_at as known_at,
    case
        when placed.uom = placed.base_uom then placed.qty_shipped
        else {{ divide_exact(
            'placed.qty_shipped * unit_factors.numerator', 'unit_factors.denominator', 6, by_scale=0
        ) }}
    end as qty_base
from placed
left join {{ ref('int_master__unit_factor') }} as unit_factors
    on
        placed.company_id = unit_factors.company_id
        and placed.item_id = unit_factors.item_id
        and placed.uom = unit_factors.uom
        and placed.ship_date between unit_factors.valid_from and unit_factors.valid_to
