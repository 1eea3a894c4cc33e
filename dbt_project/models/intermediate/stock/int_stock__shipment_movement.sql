{{ config(materialized='view') }}

-- Confirmed shipments said as stock movements, for locations that send documents only. Drop-shipped
-- goods are never in the building and make none. What goes back to a vendor was put aside for him if
-- any of it ever was; else it leaves the shelf (ruling A5).
with

shipments as (

    select * from {{ ref('stg_wms__shipment') }}

),

shipment_kinds as (

    select * from {{ ref('int_stock__shipment_kind') }}

),

put_aside as (

    select
        source_system, company_id, location_code, item_code,
        min(coalesce(inspection_at, received_at)) as first_at
    from {{ ref('stg_wms__receipt_line') }}
    where
        coalesce(status, 'posted') = 'posted'
        and (
            receipt_type <> 'return' and coalesce(qty_rejected, qty_received - qty_accepted) > 0
            or disposition = 'rtv'
        )
    group by source_system, company_id, location_code, item_code
    union all
    select source_system, company_id, location_code, item_code, min(snapshot_at)
    from {{ ref('stg_wms__inventory_snapshot') }}
    where stock_status = 'rtv' and qty > 0
    group by source_system, company_id, location_code, item_code

),

aside as (

    select source_system, company_id, location_code, item_code, min(first_at) as first_at
    from put_aside
    group by source_system, company_id, location_code, item_code

),

shipment_lines as (

    select * from {{ ref('stg_wms__shipment_line') }}

)

select
    shipment_lines.source_system,
    shipment_lines.company_id,
    concat('shipment ', shipment_lines.shipment_id) as source_movement_id,
    shipment_lines.shipment_line as source_movement_line,
    case shipments.shipment_type
        when 'transfer' then 'transfer_out'
        when 'rtv' then 'rtv'
        when 'consignment' then 'consign_out'
        else 'ship'
    end as movement_type,
    shipment_kinds.document_type,
    shipment_lines.item_code,
    -shipment_lines.qty_shipped as qty,
    shipment_lines.uom,
    coalesce(shipment_lines.location_code, shipments.ship_from_location) as location_code,
    shipments.to_location_code as counter_location_code,
    case
        when shipments.shipment_type = 'billhold_release' then 'bill_hold'
        when shipments.shipment_type = 'rtv' and aside.first_at <= shipments.ship_confirm_at then 'rtv'
        else 'available'
    end as stock_status,
    shipments.customer_code,
    coalesce(shipment_lines.lot_number, '') as lot_number,
    coalesce(shipment_lines.serial_number, '') as serial_number,
    shipments.ship_confirm_at as event_at,
    shipments.recorded_at,
    shipment_lines.order_id,
    shipment_lines.order_line,
    shipment_lines.shipment_id,
    shipment_lines.shipment_line,
    case
        when shipments.shipment_type = 'transfer'
            then coalesce(shipment_lines.order_id, shipments.shipment_id)
    end as transfer_id,
    -shipment_lines.ext_cost as given_cost_amount,
    greatest(shipments._delivered_at, shipment_lines._delivered_at) as known_at,
    shipment_lines._source_file,
    shipment_lines._row_number
from shipment_lines
inner join shipments
    on
        shipment_lines.source_system = shipments.source_system
        and shipment_lines.company_id = shipments.company_id
        and shipment_lines.shipment_id = shipments.shipment_id
inner join shipment_kinds
    on
        shipments.company_id = shipment_kinds.company_id
        and shipments.shipment_id = shipment_kinds.shipment_id
left join aside
    on
        shipment_lines.source_system = aside.source_system
        and shipment_lines.company_id = aside.company_id
        and shipment_lines.item_code = aside.item_code
        and coalesce(shipment_lines.location_code, shipments.ship_from_location)
        = aside.location_code
where
    shipments.status in ('shipped', 'delivered')
    and shipments.ship_confirm_at is not null
    and shipments.shipment_type <> 'dropship'
    and shipment_lines.qty_shipped <> 0
