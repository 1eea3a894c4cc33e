{{ config(materialized='view') }}

-- Receipts of goods from suppliers that only the movements tell, under the receipt that they name,
-- else under their own number. What a document tells too, by its number or its order line, is told
-- there; what was taken back never was.
with

receipt_lines as (

    select company_id, receipt_id, receipt_line, ref_order_id, ref_order_line
    from {{ ref('stg_wms__receipt_line') }}

),

by_number as (

    select company_id, receipt_id from receipt_lines
    group by company_id, receipt_id

),

by_order as (

    select company_id, ref_order_id, ref_order_line
    from receipt_lines
    where ref_order_id is not null
    group by company_id, ref_order_id, ref_order_line

),

reversed as (

    select source_system, company_id, reversal_of_movement_id
    from {{ ref('int_stock__ledger_row') }}
    where reversal_of_movement_id is not null
    group by source_system, company_id, reversal_of_movement_id

),

told as (

    select
        movements.source_system,
        movements.company_id,
        movements.movement_id,
        coalesce(movements.receipt_id, movements.movement_id) as receipt_id,
        coalesce(
            movements.receipt_line,
            case when movements.receipt_id is null then movements.movement_line end,
            '1'
        ) as receipt_line,
        case when movements.ref_doc_type = 'PO' then movements.ref_doc_id end as po_id,
        case when movements.ref_doc_type = 'PO' then movements.ref_doc_line end as po_line,
        movements.event_at,
        movements.item_code,
        movements.location_code,
        movements.qty,
        movements.uom
    from {{ ref('stg_wms__stock_movement') }} as movements
    inner join {{ ref('int_stock__ledger_row') }} as ledger_rows
        on
            movements.source_system = ledger_rows.source_system
            and movements.company_id = ledger_rows.company_id
            and movements.movement_id = ledger_rows.source_movement_id
            and movements.movement_line = ledger_rows.source_movement_line
            and ledger_rows.feed = 'movement'
            and ledger_rows.event_code in ('E04', 'E05')
    where movements.receipt_id is not null or movements.ref_doc_type = 'PO'

)

select
    told.source_system,
    told.company_id,
    told.receipt_id,
    told.receipt_line,
    min(told.po_id) as po_id,
    min(told.po_line) as po_line,
    min(told.event_at) as received_at,
    min(told.item_code) as item_code,
    min(told.location_code) as location_code,
    cast(sum(told.qty) as decimal(18, 6)) as qty_received,
    min(told.uom) as uom
from told
left join by_number
    on
        told.company_id = by_number.company_id
        and told.receipt_id = by_number.receipt_id
left join by_order
    on
        told.company_id = by_order.company_id
        and told.po_id = by_order.ref_order_id
        and told.po_line = by_order.ref_order_line
left join reversed
    on
        told.source_system = reversed.source_system
        and told.company_id = reversed.company_id
        and told.movement_id = reversed.reversal_of_movement_id
where
    by_number.receipt_id is null
    and by_order.ref_order_id is null
    and reversed.reversal_of_movement_id is null
group by told.source_system, told.company_id, told.receipt_id, told.receipt_line
