-- Which pieces of which receipt a supplier's line bills. Both stand in a row by date, and pieces of
-- the one meet pieces of the other; more than came in is a matter of the receipt accrual.
with

supplier_lines as (

    select * from {{ ref('int_valuation__supplier_line') }}
    where qty_base > 0 and invoice_type <> 'credit_memo'

),

receipts as (

    select * from {{ ref('int_valuation__receipt_layer') }}

),

named as (      -- a receipt is billed by its own name, else by that of its order

    select
        receipts.*,
        case when by_receipt.document_id is not null then 'receipt' else 'order' end
            as document_kind,
        case
            when by_receipt.document_id is not null then receipts.receipt_id
            else receipts.purchase_order_id
        end as document_id,
        coalesce(
            case
                when by_receipt.document_id is not null then receipts.receipt_line
                else receipts.purchase_order_line
            end,
            ''
        ) as document_line
    from receipts
    left join (
        select company_id, document_id, document_line, item_id
        from supplier_lines
        where document_kind = 'receipt'
        group by company_id, document_id, document_line, item_id
    ) as by_receipt
        on
            receipts.company_id = by_receipt.company_id
            and receipts.receipt_id = by_receipt.document_id
            and receipts.receipt_line = by_receipt.document_line
            and receipts.item_id = by_receipt.item_id

),

received as (

    select
        *,
        sum(qty_base) over (
            partition by company_id, document_kind, document_id, document_line, item_id
            order by posting_date, event_at, event_id
            rows between unbounded preceding and current row
        ) as received_upto
    from named
    where document_id is not null

),

billed as (

    select
        *,
        sum(qty_base) over (
            partition by company_id, document_kind, document_id, document_line, item_id
            order by posting_date, event_at, supplier_invoice_id, invoice_line
            rows between unbounded preceding and current row
        ) as billed_upto
    from supplier_lines

),

met as (

    select
        billed.*,
        received.event_id as receipt_event_id,
        received.layer_event_id,
        received.posting_date as received_on,
        received.qty_base as received_qty_base,
        billed.billed_upto - billed.qty_base as billed_from,
        greatest(billed.billed_upto - billed.qty_base, received.received_upto - received.qty_base)
            as met_from,
        least(billed.billed_upto, received.received_upto) as met_upto
    from billed
    inner join received
        on
            billed.company_id = received.company_id
            and billed.document_kind = received.document_kind
            and billed.document_id = received.document_id
            and billed.document_line = received.document_line
            and billed.item_id = received.item_id
            and billed.billed_upto - billed.qty_base < received.received_upto
            and received.received_upto - received.qty_base < billed.billed_upto

)

select
    company_id, source_system, supplier_invoice_id, invoice_line, posting_date, event_at, known_at,
    item_id, receipt_event_id, layer_event_id, received_on, received_qty_base,
    cast(met_upto - met_from as decimal(18, 6)) as qty_base,
    -- the cumulative share is rounded, then differences are taken: parts add up to the line
    cast(
        {{ minor_unit('amount * cast(met_upto - billed_from as decimal(18, 6))',
            'currency_decimals', by='qty_base', from_scale=10) }}
        - {{ minor_unit('amount * cast(met_from - billed_from as decimal(18, 6))',
            'currency_decimals', by='qty_base', from_scale=10) }} as decimal(18, 4)
    ) as amount,
    currency_decimals
from met
