{{ config(materialized='view') }}

-- A kit is billed as its parent, at the shipment line of its first component (ruling D15).

with

lines as (

    select * from {{ ref('int_billing__left_line') }}
    where kit_item_id is null or component_position = 1

)

select
    lines.company_id, lines.source_system, lines.shipment_id, lines.shipment_line,
    lines.shipment_type, lines.ship_confirm_at, lines.left_at, lines.customer_code,
    lines.fob_point, lines.freight_terms, lines.promised_delivery_at, lines.ship_to_country,
    lines.hazmat_flag, lines.service_level, lines.from_location_code, lines.order_id,
    lines.order_line, lines.own_item_id, lines.kit_item_id,
    coalesce(lines.kit_item_id, lines.own_item_id) as item_id,
    lines.line_qty,
    lines.catch_weight,
    -- a kit of which no content is known counts as its first line says
    case when kits.shipment_id is not null then kits.kits_released else lines.qty_released end
        as qty_released,
    case
        when kits.shipment_id is not null and lines.qty_shipped >= 0 then kits.kits_shipped
        else lines.qty_shipped
    end as qty_shipped,
    lines.uom,
    lines.is_no_charge
from lines
left join {{ ref('int_billing__kit_shipped') }} as kits
    on
        lines.company_id = kits.company_id
        and lines.source_system = kits.source_system
        and lines.shipment_id = kits.shipment_id
        and coalesce(lines.order_id, '') = kits.order_id
        and coalesce(lines.order_line, '') = kits.order_line
        and lines.kit_item_id = kits.kit_item_id
