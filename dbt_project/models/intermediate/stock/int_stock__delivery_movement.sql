{{ config(materialized='view') }}

-- What the carrier reported, for shipments whose control passes at delivery: delivered, lost or
-- refused. The first such event of a line counts; a proof of delivery after it is evidence only.
with

shipment_kinds as (

    select * from {{ ref('int_stock__shipment_kind') }}

),

shipments as (

    select * from {{ ref('stg_wms__shipment') }}

),

shipment_lines as (

    select * from {{ ref('stg_wms__shipment_line') }}

),

delivery_events as (

    select * from {{ ref('stg_wms__delivery_event') }}
    where event_type in ('delivered', 'pod_signed', 'lost', 'refused')

),

matched as (      -- an event without a line speaks for every line of its shipment

    select
        shipment_lines.source_system,
        shipment_lines.company_id,
        shipment_lines.shipment_id,
        shipment_lines.shipment_line,
        delivery_events.event_type,
        delivery_events.event_at,
        delivery_events.recorded_at,
        delivery_events._delivered_at as known_at,
        delivery_events._source_file,
        delivery_events._row_number,
        case
            when delivery_events.shipment_line is not null
                then coalesce(delivery_events.qty_delivered, shipment_lines.qty_shipped)
            else shipment_lines.qty_shipped
        end as qty,
        row_number() over (
            partition by
                shipment_lines.source_system, shipment_lines.company_id,
                shipment_lines.shipment_id, shipment_lines.shipment_line
            order by delivery_events.event_at, delivery_events.event_seq
        ) as sequence
    from shipment_lines
    inner join delivery_events
        on
            shipment_lines.company_id = delivery_events.company_id
            and shipment_lines.shipment_id = delivery_events.shipment_id
            and coalesce(delivery_events.shipment_line, shipment_lines.shipment_line)
            = shipment_lines.shipment_line

)

select
    matched.source_system,
    matched.company_id,
    concat('delivery ', matched.shipment_id) as source_movement_id,
    matched.shipment_line as source_movement_line,
    'deliver' as movement_type,
    case when matched.event_type in ('lost', 'refused') then matched.event_type end
        as document_type,
    shipment_lines.item_code,
    -matched.qty as qty,
    shipment_lines.uom,
    coalesce(shipment_lines.location_code, shipments.ship_from_location) as location_code,
    'in_transit' as stock_status,
    shipment_kinds.customer_code,
    coalesce(shipment_lines.lot_number, '') as lot_number,
    coalesce(shipment_lines.serial_number, '') as serial_number,
    matched.event_at,
    matched.recorded_at,
    shipment_lines.order_id,
    shipment_lines.order_line,
    shipment_lines.shipment_id,
    shipment_lines.shipment_line,
    matched.known_at,
    matched._source_file,
    matched._row_number
from matched
inner join shipment_kinds
    on
        matched.company_id = shipment_kinds.company_id
        and matched.shipment_id = shipment_kinds.shipment_id
        and shipment_kinds.document_type = 'sale_at_delivery'
inner join shipment_lines
    on
        matched.source_system = shipment_lines.source_system
        and matched.company_id = shipment_lines.company_id
        and matched.shipment_id = shipment_lines.shipment_id
        and matched.shipment_line = shipment_lines.shipment_line
inner join shipments
    on
        matched.source_system = shipments.source_system
        and matched.company_id = shipments.company_id
        and matched.shipment_id = shipments.shipment_id
        and shipments.status in ('shipped', 'delivered')
where matched.sequence = 1
