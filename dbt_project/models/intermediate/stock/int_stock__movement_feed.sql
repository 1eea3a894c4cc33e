{{ config(materialized='view') }}

with

movements as (

    select movements.*
    from {{ ref('stg_wms__stock_movement') }} as movements
    -- what another system has told already is no second move
    left join {{ ref('int_stock__carried_movement') }} as carried
        on
            movements.source_system = carried.source_system
            and movements.company_id = carried.company_id
            and movements.movement_id = carried.source_movement_id
            and movements.movement_line = carried.source_movement_line
    where carried.company_id is null

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

receipt_kinds as (

    select * from {{ ref('int_stock__receipt_kind') }}

),

orders as (

    select * from {{ ref('int_stock__order') }}

)

select
    movements.source_system,
    movements.company_id,
    movements.movement_id as source_movement_id,
    movements.movement_line as source_movement_line,
    movements.movement_type,
    case
        when group_transfers.buyer_id is not null then 'intercompany'
        when shipment_kinds.document_type is not null then shipment_kinds.document_type
        when receipt_kinds.document_type is not null then receipt_kinds.document_type
        when movements.movement_type = 'receipt' and orders.purchase_order_id is not null
            then 'po_ordered'
        when movements.movement_type = 'adjust' and movements.reason_code = 'internal_use'
            then 'internal_use'
        -- scrapped on a work order, and nowhere said to lie on a shelf: work in process
        when
            movements.movement_type = 'scrap' and movements.ref_doc_type = 'WO'
            and movements.stock_status is null
            then 'work_order'
    end as document_type,
    movements.item_code,
    movements.qty,
    movements.qty_base as given_qty_base,
    movements.uom,
    movements.location_code,
    coalesce(
        movements.counter_location_code, shipment_kinds.to_location_code,
        receipt_kinds.counter_location_code
    ) as counter_location_code,
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
        when receipt_kinds.receipt_type = 'transfer' then receipt_kinds.ref_order_id
        when shipment_kinds.document_type in ('transfer', 'intercompany')
            then coalesce(shipment_lines.order_id, movements.shipment_id)
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
    movements._delivered_at as known_at,
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
left join receipt_kinds
    on
        movements.company_id = receipt_kinds.company_id
        and movements.receipt_id = receipt_kinds.receipt_id
        and movements.receipt_line = receipt_kinds.receipt_line
left join orders
    on
        movements.company_id = orders.company_id
        and case when movements.ref_doc_type = 'PO' then movements.ref_doc_id end = orders.purchase_order_id
        and movements.ref_doc_line = orders.purchase_order_line
left join {{ ref('int_stock__group_transfer') }} as group_transfers
    on
        movements.source_system = group_transfers.source_system
        and movements.company_id = group_transfers.company_id
        and movements.movement_id = group_transfers.movement_id
        and movements.movement_line = group_transfers.movement_line
