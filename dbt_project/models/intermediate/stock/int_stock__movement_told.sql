{{ config(materialized='view') }}

-- Every row that may make the stock ledger, from the movement feed and from documents, each with
-- the feed it came from; which feed counts at a location is decided one step later.
with

deliveries as (

    select
        company_id,
        shipment_id,
        shipment_line
    from {{ ref('int_stock__delivery_movement') }}
    group by company_id, shipment_id, shipment_line

),

movements as (

    select * from {{ ref('int_stock__movement_feed') }}

),

documents as (

    select * from {{ ref('int_stock__document_movement') }}

)

select
    'movement' as feed, movements.source_system, movements.company_id,
    movements.source_movement_id, movements.source_movement_line,
    movements.movement_type, movements.document_type, movements.item_code,
    movements.qty, movements.given_qty_base, movements.uom,
    movements.location_code, movements.counter_location_code,
    movements.stock_status, movements.from_stock_status,
    movements.owner_party_code, movements.customer_code,
    movements.lot_number, movements.serial_number,
    movements.event_at, movements.recorded_at, movements.given_posting_date,
    movements.order_id, movements.order_line, movements.shipment_id, movements.shipment_line,
    movements.receipt_id, movements.receipt_line, movements.transfer_id,
    movements.purchase_order_id, movements.purchase_order_line,
    movements.linked_movement_id, movements.reversal_of_movement_id, movements.reason_code,
    movements.given_unit_cost, movements.given_cost_amount, movements.cost_currency,
    movements.known_at, movements._source_file, movements._row_number
from movements
left join deliveries      -- what the carrier reported wins over a movement that says the same
    on
        movements.company_id = deliveries.company_id
        and movements.shipment_id = deliveries.shipment_id
        and movements.shipment_line = deliveries.shipment_line
where movements.movement_type <> 'deliver' or deliveries.shipment_id is null

union all

select
    feed, source_system, company_id,
    source_movement_id, source_movement_line,
    movement_type, document_type, item_code,
    qty, cast(null as decimal(18, 6)), uom,
    location_code, counter_location_code,
    stock_status, from_stock_status,
    owner_party_code, customer_code,
    lot_number, serial_number,
    event_at, recorded_at, cast(null as date),
    order_id, order_line, shipment_id, shipment_line,
    receipt_id, receipt_line, transfer_id,
    purchase_order_id, purchase_order_line,
    null, null, reason_code,
    given_unit_cost, given_cost_amount, null,
    known_at, _source_file, _row_number
from documents
