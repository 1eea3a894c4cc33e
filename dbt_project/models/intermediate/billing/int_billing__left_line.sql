with

run as (

    select * from {{ ref('int_control__run') }}

),

item_codes as (

    select * from {{ ref('int_master__item_code') }}

),

kit_contents as (      -- whatever a kit held at any time

    select company_id, parent_item_id, component_item_id
    from {{ ref('int_billing__kit_content') }}
    group by company_id, parent_item_id, component_item_id

),

carried as (      -- what a carrier took along has left, whether somebody confirmed it or not

    select company_id, shipment_id, min(event_at) as carried_at
    from {{ ref('stg_wms__delivery_event') }}
    cross join run
    where event_at <= run.as_of_at
    group by company_id, shipment_id

),

confirmed as (      -- drafts and plans take no part; what was voided after confirming never left

    select
        shipment_lines.*,
        shipments.shipment_type,
        shipments.customer_code,
        shipments.fob_point,
        shipments.freight_terms,
        shipments.promised_delivery_at,
        shipments.ship_to_country,
        shipments.hazmat_flag,
        shipments.service_level,
        shipments.ship_confirm_at,
        coalesce(shipments.ship_confirm_at, carried.carried_at, shipments.source_updated_at) as left_at,
        coalesce(shipment_lines.location_code, shipments.ship_from_location) as from_location_code,
        item_codes.item_id as own_item_id,
        -- where the line does not say it: what left is part of the kit that was ordered
        coalesce(parent_codes.item_id, kit_contents.parent_item_id) as kit_item_id
    from {{ ref('stg_wms__shipment_line') }} as shipment_lines
    inner join {{ ref('stg_wms__shipment') }} as shipments
        on
            shipment_lines.source_system = shipments.source_system
            and shipment_lines.company_id = shipments.company_id
            and shipment_lines.shipment_id = shipments.shipment_id
    cross join run
    left join carried
        on
            shipments.company_id = carried.company_id
            and shipments.shipment_id = carried.shipment_id
    left join item_codes
        on
            shipment_lines.source_system = item_codes.source_system
            and shipment_lines.company_id = item_codes.company_id
            and shipment_lines.item_code = item_codes.item_code
    left join item_codes as parent_codes
        on
            shipment_lines.source_system = parent_codes.source_system
            and shipment_lines.company_id = parent_codes.company_id
            and shipment_lines.parent_item_code = parent_codes.item_code
    left join {{ ref('int_billing__order_line') }} as order_lines
        on
            shipment_lines.company_id = order_lines.company_id
            and shipment_lines.order_id = order_lines.order_id
            and shipment_lines.order_line = order_lines.order_line
            and item_codes.item_id <> order_lines.item_id
    left join kit_contents
        on
            order_lines.company_id = kit_contents.company_id
            and order_lines.item_id = kit_contents.parent_item_id
            and item_codes.item_id = kit_contents.component_item_id
    where
        (shipments.status in ('shipped', 'delivered') and shipments.ship_confirm_at <= run.as_of_at)
        or (
            shipments.ship_confirm_at is null
            and (
                shipments.status in ('shipped', 'delivered')
                or (shipments.status = 'packed' and carried.carried_at is not null)
            )
        )

),

placed as (

    select
        confirmed.*,
        -- a reversal carries a negative quantity (ruling A7): it takes back the latest shipment first
        sum(case when confirmed.qty_shipped < 0 then -confirmed.qty_shipped else 0 end) over (
            partition by
                confirmed.company_id, confirmed.order_id, confirmed.order_line,
                confirmed.item_code
        ) as qty_reversed,
        sum(greatest(confirmed.qty_shipped, 0)) over (
            partition by
                confirmed.company_id, confirmed.order_id, confirmed.order_line,
                confirmed.item_code
            order by
                confirmed.ship_confirm_at desc, confirmed.shipment_id desc,
                confirmed.shipment_line desc
            rows between unbounded preceding and current row
        ) as qty_from_latest,
        row_number() over (
            partition by
                confirmed.source_system, confirmed.company_id, confirmed.shipment_id,
                confirmed.order_id, confirmed.order_line, confirmed.kit_item_id
            order by length(confirmed.shipment_line), confirmed.shipment_line
        ) as component_position
    from confirmed

)

select
    placed.company_id, placed.source_system, placed.shipment_id, placed.shipment_line,
    placed.shipment_type, placed.ship_confirm_at, placed.left_at, placed.customer_code,
    placed.fob_point, placed.freight_terms, placed.promised_delivery_at, placed.ship_to_country,
    placed.hazmat_flag, placed.service_level, placed.from_location_code, placed.order_id,
    placed.order_line, placed.own_item_id, placed.kit_item_id, placed.component_position,
    placed.qty_shipped as line_qty,
    placed.catch_weight,
    placed.qty_ordered as qty_released,
    case
        when placed.order_id is null or placed.qty_shipped < 0 or placed.qty_reversed = 0
            then placed.qty_shipped
        else cast(
            placed.qty_shipped - least(
                placed.qty_shipped,
                greatest(
                    placed.qty_reversed - (placed.qty_from_latest - placed.qty_shipped), 0
                )
            ) as decimal(18, 6)
        )
    end as qty_shipped,
    placed.uom,
    coalesce(placed.no_charge_flag, false) as is_no_charge
from placed
