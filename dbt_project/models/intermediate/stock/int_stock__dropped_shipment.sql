{{ config(materialized='view') }}

-- Shipments by which a supplier sent goods straight to a customer. Where billing tells of the same
-- order line by an event of its own, the event makes the move.

with

notices as (

    select company_id, order_id, coalesce(order_line, '') as order_line
    from {{ ref('stg_billing__billable_event') }}
    where event_type = 'dropship_ship'
    group by company_id, order_id, coalesce(order_line, '')

)

select
    lines.source_system,
    lines.company_id,
    lines.shipment_id,
    lines.shipment_line,
    lines.order_id,
    lines.order_line,
    lines.item_code,
    lines.qty_shipped,
    lines.uom,
    lines.ext_cost,
    shipments.customer_code,
    shipments.ship_to_code,
    shipments.ship_from_location,
    shipments.status,
    shipments.ship_confirm_at,
    shipments.source_updated_at as changed_at,
    greatest(shipments._delivered_at, lines._delivered_at) as _delivered_at,
    lines._source_file,
    lines._row_number
from {{ ref('stg_wms__shipment_line') }} as lines
inner join {{ ref('stg_wms__shipment') }} as shipments
    on
        lines.source_system = shipments.source_system
        and lines.company_id = shipments.company_id
        and lines.shipment_id = shipments.shipment_id
left join notices
    on
        lines.company_id = notices.company_id
        and lines.order_id = notices.order_id
        and coalesce(lines.order_line, '') = notices.order_line
where
    shipments.shipment_type = 'dropship'
    and shipments.status in ('shipped', 'delivered')
    and shipments.ship_confirm_at is not null
    and lines.qty_shipped > 0
    and notices.company_id is null
