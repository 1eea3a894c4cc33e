-- Which receipts of a line wait for an invoice: what was invoiced, or went back, covers the oldest
-- receipts first.

with

receipts as (

    select
        *,
        coalesce(po_id, '') as purchase_order_id,
        coalesce(po_line, '') as purchase_order_line,
        case when po_id is null then receipt_id else '' end as accrual_receipt_id,
        case when po_id is null then receipt_line else '' end as accrual_receipt_line
    from {{ ref('int_purchasing__receipt_line') }}
    where qty_received > 0

),

accruals as (

    select * from {{ ref('int_purchasing__accrual') }}

),

stretched as (

    select
        receipts.*,
        accruals.invoiced_qty + coalesce(accruals.returned_qty, 0) as covered_qty,
        sum(receipts.qty_received) over (
            partition by
                receipts.company_id, receipts.purchase_order_id, receipts.purchase_order_line,
                receipts.accrual_receipt_id, receipts.accrual_receipt_line
            order by receipts.received_at, receipts.receipt_id, receipts.receipt_line
            rows between unbounded preceding and current row
        ) as reaches
    from receipts
    inner join accruals
        on
            receipts.company_id = accruals.company_id
            and receipts.purchase_order_id = accruals.purchase_order_id
            and receipts.purchase_order_line = accruals.purchase_order_line
            and receipts.accrual_receipt_id = accruals.receipt_id
            and receipts.accrual_receipt_line = accruals.receipt_line

),

opened as (

    select
        stretched.*,
        cast(least(qty_received, greatest(reaches - covered_qty, 0)) as decimal(18, 6)) as open_qty
    from stretched

)

select
    company_id,
    source_system,
    receipt_id,
    receipt_line,
    receipt_number,
    purchase_order_id,
    purchase_order_line,
    party_id,
    item_id,
    location_id,
    movement_id,
    received_at,
    posting_date,
    received_amount,
    open_qty,
    case
        when open_qty = qty_received then received_amount
        else {{ divide_exact('received_amount * open_qty', 'qty_received', 4, 10, 6) }}
    end as open_amount
from opened
where open_qty > 0
