-- Which layer of cost the pieces of a receipt line are: of goods that were ours on the way the one
-- of their notice, of goods of the group that of the shipment, else the receipt's own.
with

movements as (

    select * from {{ ref('int_valuation__pool_movement') }}
    where event_kind in ('receipt', 'arrival', 'transfer_in')

),

receipt_kinds as (

    select * from {{ ref('int_stock__receipt_kind') }}

),

on_the_way as (      -- a notice has one layer, whatever it was called when title passed

    select
        company_id,
        movement_id,
        max(transfer_id) as transfer_id,
        item_id,
        lot_number,
        min(event_id) as event_id
    from movements
    where is_on_the_way
    group by company_id, movement_id, item_id, lot_number

),

of_transfer as (

    select
        company_id,
        transfer_id,
        item_id,
        min(event_id) as event_id
    from on_the_way
    where transfer_id is not null
    group by company_id, transfer_id, item_id

),

of_notice as (

    select
        company_id,
        movement_id,
        item_id,
        min(event_id) as event_id
    from on_the_way
    group by company_id, movement_id, item_id

)

select
    movements.company_id,
    movements.event_id,
    movements.event_kind,
    coalesce(
        case when movements.event_kind = 'receipt' then movements.event_id end,
        of_notice.event_id,
        of_transfer.event_id
    ) as layer_event_id,
    movements.receipt_id,
    movements.receipt_line,
    coalesce(receipt_kinds.receipt_type, 'po') as receipt_type,
    receipt_kinds.inbound_id,
    coalesce(
        movements.purchase_order_id,
        case when receipt_kinds.receipt_type = 'po' then receipt_kinds.ref_order_id end
    ) as purchase_order_id,
    coalesce(
        movements.purchase_order_line,
        case when receipt_kinds.receipt_type = 'po' then receipt_kinds.ref_order_line end
    ) as purchase_order_line,
    movements.item_id,
    movements.location_id,
    movements.lot_number,
    movements.qty_base,
    movements.posting_date,
    movements.event_at
from movements
left join receipt_kinds
    on
        movements.company_id = receipt_kinds.company_id
        and movements.receipt_id = receipt_kinds.receipt_id
        and movements.receipt_line = receipt_kinds.receipt_line
left join of_notice
    on
        movements.company_id = of_notice.company_id
        and case
            when movements.event_kind = 'arrival'
                then concat(receipt_kinds.inbound_id, '/', receipt_kinds.inbound_line)
        end = of_notice.movement_id
        and movements.item_id = of_notice.item_id
left join of_transfer
    on
        movements.company_id = of_transfer.company_id
        and case when movements.event_kind = 'transfer_in' then movements.transfer_id end
        = of_transfer.transfer_id
        and movements.item_id = of_transfer.item_id
where not movements.is_on_the_way
