-- What a supplier bills more (+) or less for the pieces of a receipt than they came in at (E10).
with

billed as (

    select * from {{ ref('int_valuation__billed_receipt') }}

),

costs as (

    select * from {{ ref('int_valuation__arrival_cost') }}

),

corrections as (      -- an amount without pieces corrects the price of what came in

    select
        supplier_lines.*,
        receipts.event_id as receipt_event_id,
        receipts.layer_event_id,
        row_number() over (
            partition by
                supplier_lines.company_id, supplier_lines.source_system,
                supplier_lines.supplier_invoice_id, supplier_lines.invoice_line
            order by receipts.posting_date, receipts.event_id
        ) as place
    from {{ ref('int_valuation__supplier_line') }} as supplier_lines
    inner join {{ ref('int_valuation__receipt_layer') }} as receipts
        on
            supplier_lines.company_id = receipts.company_id
            and supplier_lines.item_id = receipts.item_id
            and supplier_lines.document_id = case supplier_lines.document_kind
                when 'receipt' then receipts.receipt_id else receipts.purchase_order_id
            end
            and supplier_lines.document_line = coalesce(case supplier_lines.document_kind
                when 'receipt' then receipts.receipt_line else receipts.purchase_order_line
            end, '')
    where coalesce(supplier_lines.qty_base, 0) = 0

),

compared as (      -- what was billed before the goods came is their cost and no variance

    select
        billed.company_id, billed.source_system, billed.supplier_invoice_id, billed.invoice_line,
        billed.receipt_event_id, billed.layer_event_id, billed.posting_date, billed.event_at,
        billed.known_at, billed.item_id,
        cast(billed.amount - {{ minor_unit(
            'costs.cost_amount * billed.qty_base', 'billed.currency_decimals', by='billed.received_qty_base', from_scale=10
        ) }} as decimal(18, 4)) as amount
    from billed
    inner join costs
        on
            billed.company_id = costs.company_id
            and billed.receipt_event_id = costs.event_id
    where costs.cost_source <> 'supplier invoice'
    union all
    select
        company_id, source_system, supplier_invoice_id, invoice_line,
        receipt_event_id, layer_event_id, posting_date, event_at,
        known_at, item_id, amount
    from corrections
    where place = 1

)

select
    company_id,
    source_system,
    supplier_invoice_id,
    invoice_line,
    layer_event_id,
    min(posting_date) as posting_date,
    min(event_at) as event_at,
    min(known_at) as known_at,
    min(item_id) as item_id,
    cast(sum(amount) as decimal(18, 4)) as amount
from compared
where layer_event_id is not null
group by company_id, source_system, supplier_invoice_id, invoice_line, layer_event_id
having sum(amount) <> 0
