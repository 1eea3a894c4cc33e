-- Received, returned and invoiced, stacked, at the line at which they can meet: the purchase order
-- line, and the receipt line where nobody named an order. What the stock ledger values at the bill is
-- worth the price of the order here, at the rate of its day: else no bill could ever differ.

with

receipt_lines as (

    select * from {{ ref('int_purchasing__receipt_line') }}

),

invoiced as (

    select
        supplier_lines.*,
        coalesce(receipt_lines.po_id, supplier_lines.po_id) as known_po_id,
        coalesce(receipt_lines.po_line, supplier_lines.po_line) as known_po_line
    from {{ ref('int_purchasing__supplier_line') }} as supplier_lines
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

arrived as (

    select
        company_id, 'received' as side, po_id, po_line, receipt_id, receipt_line, party_id, item_id,
        uom, qty_received as qty, received_amount as known_amount, posting_date as side_date,
        is_valued_later
    from receipt_lines
    union all
    select
        company_id, 'returned', po_id, po_line, receipt_id, receipt_line, party_id, item_id,
        uom, -returned_qty, cast(-returned_qty * receipt_unit_amount as decimal(18, 4)),
        posting_date, is_valued_later
    from {{ ref('int_purchasing__returned_line') }}
    union all
    select
        company_id, 'received', po_id, po_line, null, null, party_id, item_id,
        uom, dropped_qty, null, posting_date, true
    from {{ ref('int_purchasing__dropped_line') }}

),

sides as (

    select
        arrived.company_id,
        arrived.side,
        arrived.po_id,
        arrived.po_line,
        arrived.receipt_id,
        arrived.receipt_line,
        arrived.party_id,
        arrived.item_id,
        arrived.qty,
        coalesce(
            case when not arrived.is_valued_later then arrived.known_amount end,
            case when coalesce(arrived.uom, orders.uom) = orders.uom then cast(
                arrived.qty * orders.unit_price_doc * case
                    when orders.currency_doc = orders.company_currency then 1
                    else currency_days.rate
                end as decimal(18, 4)
            ) end,
            arrived.known_amount
        ) as amount,
        cast(null as decimal(18, 4)) as amount_doc,
        cast(null as varchar) as currency_doc,
        arrived.side_date
    from arrived
    left join {{ ref('int_purchasing__order_line') }} as orders
        on
            arrived.company_id = orders.company_id
            and arrived.po_id = orders.po_id
            and arrived.po_line = orders.po_line
    left join {{ ref('int_ledger__currency_day') }} as currency_days
        on
            orders.company_id = currency_days.company_id
            and orders.currency_doc = currency_days.from_currency
            and arrived.side_date = currency_days.date
    union all
    select
        company_id, 'invoiced', known_po_id, known_po_line, receipt_id, receipt_line,
        party_id, item_id, qty_invoiced, invoiced_amount, invoiced_amount_doc, currency_doc,
        posting_date
    from invoiced
    where known_po_id is not null or receipt_id is not null

)

select
    company_id,
    side,
    coalesce(po_id, '') as purchase_order_id,
    coalesce(po_line, '') as purchase_order_line,
    case when po_id is null then coalesce(receipt_id, '') else '' end as receipt_id,
    case when po_id is null then coalesce(receipt_line, '') else '' end as receipt_line,
    party_id,
    item_id,
    qty,
    amount,
    amount_doc,
    currency_doc,
    side_date
from sides
where po_id is not null or receipt_id is not null
