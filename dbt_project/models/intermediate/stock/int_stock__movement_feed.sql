{{ config(materialized='view') }}

with

movements as (

    select * from {{ ref('stg_wms__stock_movement') }}

),

shipment_kinds as (

    select * from {{ ref('int_stock__shipment_kind') }}

),

shipment_lines as (

    select
        company_id,
        shipment_id,
        shipment_line,
        min(order_id) as order_id,
        min(order_line) as order_line
    from {{ ref('stg_wms__shipment_line') }}
    group by company_id, shipment_id, shipment_line

),

receipt_lines as (

    select
        company_id,
        receipt_id,
        receipt_line,
        min(receipt_type) as receipt_type,
        min(ref_order_id) as ref_order_id
    from {{ ref('stg_wms__receipt_line') }}
    group by company_id, receipt_id, receipt_line

)

select
    movements.source_system,
    movements.company_id,
    movements.movement_id as source_movement_id,
    movements.movement_line as source_movement_line,
    movements.movement_type,
    coalesce(shipment_kinds.document_type, receipt_lines.receipt_type) as document_type,
    movements.item_code,
    movements.qty,
    movements.qty_base as given_qty_base,
    movements.uom,
    movements.location_code,
    coalesce(movements.counter_location_code, shipment_kinds.to_location_code)
        as counter_location_code,
    coalesce(movements.stock_status, 'available') as stock_status,
    movements.from_stock_status,
    movements.owner_party_code,
    shipment_kinds.customer_code,
    coalesce(movements.lot_number, '') as lot_number,
    coalesce(movements.serial_number, '') as serial_number,
    movements.event_at,
    movements.recorded_at,
    movements.posting_date as given_posting_date,
    coalesce(
        case when movements.ref_doc_type = 'SO' then movements.ref_doc_id end,
        shipment_lines.order_id
    ) as order_id,
    coalesce(
        case when movements.ref_doc_type = 'SO' then movements.ref_doc_line end,
        shipment_lines.order_line
    ) as order_line,
    movements.shipment_id,
    movements.shipment_line,
    movements.receipt_id,
    movements.receipt_line,
    case
        when movements.ref_doc_type = 'TO' then movements.ref_doc_id
        when receipt_lines.receipt_type = 'transfer' then receipt_lines.ref_order_id
        when shipment_kinds.document_type = 'transfer' then movements.shipment_id
    end as transfer_id,
    case when movements.ref_doc_type = 'PO' then movements.ref_doc_id end as purchase_order_id,
    case when movements.ref_doc_type = 'PO' then movements.ref_doc_line end
        as purchase_order_line,
    movements.linked_movement_id,
    movements.reversal_of_movement_id,
    movements.reason_code,
    movements.unit_cost as given_unit_cost,
    case when coalesce(movements.costed_status, 'costed') <> 'uncosted' then movements.ext_cost end
        as given_cost_amount,
    movements.cost_currency,
    movements._source_file,
    movements._row_number
from movements
left join shipment_kinds
    on
        movements.company_id = shipment_kinds.company_id
        and movements.shipment_id = shipment_kinds.shipment_id
left join shipment_lines
    on
        movements.company_id = shipment_lines.company_id
        and movements.shipment_id = shipment_lines.shipment_id
        and movements.shipment_line = shipment_lines.shipment_line
left join receipt_lines
    on
        movements.company_id = receipt_lines.company_id
        and movements.receipt_id = receipt_lines.receipt_id
        and movements.receipt_line = receipt_lines.receipt_line
