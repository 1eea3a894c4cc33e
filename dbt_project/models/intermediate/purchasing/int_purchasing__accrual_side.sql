-- Received and invoiced, stacked, at the line at which the two can meet: the purchase order line,
-- and the receipt line where nobody named an order.

with

receipt_lines as (

    select * from {{ ref('int_purchasing__receipt_line') }}

),

supplier_lines as (

    select * from {{ ref('int_purchasing__supplier_line') }}

),

invoiced as (

    select
        supplier_lines.*,
        coalesce(receipt_lines.po_id, supplier_lines.po_id) as known_po_id,
        coalesce(receipt_lines.po_line, supplier_lines.po_line) as known_po_line
    from supplier_lines
    left join receipt_lines
        on
            supplier_lines.company_id = receipt_lines.company_id
            and supplier_lines.receipt_id = receipt_lines.receipt_id
            and supplier_lines.receipt_line = receipt_lines.receipt_line
    -- a bill for a non-stock item clears its receipt although it is no cost of goods
    where
        supplier_lines.line_type = 'item'
        or (supplier_lines.line_type = 'other' and supplier_lines.item_id = receipt_lines.item_id)

),

sides as (

    select
        company_id,
        'received' as side,
        po_id,
        po_line,
        receipt_id,
        receipt_line,
        party_id,
        item_id,
        qty_received as qty,
        received_amount as amount,
        posting_date as side_date
    from receipt_lines
    union all
    select
        company_id, 'invoiced', known_po_id, known_po_line, receipt_id, receipt_line,
        party_id, item_id, qty_invoiced, invoiced_amount, posting_date
    from invoiced
    where known_po_id is not null or receipt_id is not null

)

select
    company_id,
    side,
    coalesce(po_id, '') as purchase_order_id,
    coalesce(po_line, '') as purchase_order_line,
    case when po_id is null then receipt_id else '' end as receipt_id,
    case when po_id is null then coalesce(receipt_line, '') else '' end as receipt_line,
    party_id,
    item_id,
    qty,
    amount,
    side_date
from sides
