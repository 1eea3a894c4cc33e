-- Goods that came back from a customer and that no credit memo speaks of, neither by the shipment
-- they left with nor by the order of their return.
with

returned as (

    select * from {{ ref('int_stock__ledger_row') }}
    where event_code = 'E29' and receipt_id is not null

),

receipt_lines as (

    select
        company_id, receipt_id, receipt_line,
        min(ref_order_id) as order_id,
        min(ref_order_line) as order_line,
        min(original_shipment_id) as shipment_id,
        min(original_shipment_line) as shipment_line
    from {{ ref('stg_wms__receipt_line') }}
    where receipt_type = 'return' and coalesce(status, 'posted') = 'posted'
    group by company_id, receipt_id, receipt_line

),

billing as (      -- without invoices nobody can say what was credited

    select company_id
    from {{ ref('int_billing__invoice_line') }}
    group by company_id

),

credited_orders as (

    select company_id, order_id, order_line
    from {{ ref('int_billing__invoice_line') }}
    where invoice_type = 'credit_memo' and not is_cancelled and order_id is not null
    group by company_id, order_id, order_line

),

credited_shipments as (

    select company_id, shipment_id, shipment_line
    from {{ ref('int_billing__invoice_line') }}
    where invoice_type = 'credit_memo' and not is_cancelled and shipment_id is not null
    group by company_id, shipment_id, shipment_line

)

select
    returned.company_id,
    returned.item_id,
    returned.to_location_id as location_id,
    returned.posting_date,
    cast(sum(returned.qty_base) as decimal(18, 6)) as qty_base
from returned
inner join billing
    on returned.company_id = billing.company_id
inner join receipt_lines
    on
        returned.company_id = receipt_lines.company_id
        and returned.receipt_id = receipt_lines.receipt_id
        and coalesce(returned.receipt_line, '') = receipt_lines.receipt_line
left join credited_orders
    on
        receipt_lines.company_id = credited_orders.company_id
        and receipt_lines.order_id = credited_orders.order_id
        and receipt_lines.order_line = credited_orders.order_line
left join credited_shipments
    on
        receipt_lines.company_id = credited_shipments.company_id
        and receipt_lines.shipment_id = credited_shipments.shipment_id
        and receipt_lines.shipment_line = credited_shipments.shipment_line
where credited_orders.order_id is null and credited_shipments.shipment_id is null
group by returned.company_id, returned.item_id, returned.to_location_id, returned.posting_date
