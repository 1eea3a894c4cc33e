-- Everything that happened to a disputed line, one row each: the story in the order of time.

with

disputes as (

    select * from {{ ref('int_receivable__dispute') }}

),

lines as (

    select * from {{ ref('int_dispute__line') }}

)

select
    lines.company_id, lines.source_system, lines.dispute_id, orders.order_at as event_at,
    'ordered' as event_kind, lines.order_id as document_id, lines.order_line as document_line,
    orders.qty_ordered as qty, orders.net_amount as amount_doc, orders.price_source as detail
from lines
inner join {{ ref('stg_billing__order_line') }} as orders
    on
        lines.company_id = orders.company_id
        and lines.order_id = orders.order_id
        and lines.order_line = orders.order_line
union all
select
    lines.company_id, lines.source_system, lines.dispute_id, shipments.ship_confirm_at, 'shipped',
    lines.shipment_id, lines.shipment_line, shipped.qty_shipped, null, shipments.tracking_ref
from lines
inner join {{ ref('stg_wms__shipment') }} as shipments
    on
        lines.company_id = shipments.company_id
        and lines.shipment_id = shipments.shipment_id
inner join {{ ref('stg_wms__shipment_line') }} as shipped
    on
        lines.company_id = shipped.company_id
        and lines.shipment_id = shipped.shipment_id
        and lines.shipment_line = shipped.shipment_line
union all
select
    lines.company_id, lines.source_system, lines.dispute_id, deliveries.event_at,
    deliveries.event_type, deliveries.shipment_id, deliveries.event_seq, deliveries.qty_delivered,
    null, concat_ws(' ', deliveries.pod_ref, deliveries.signed_by)
from lines
inner join {{ ref('stg_wms__delivery_event') }} as deliveries
    on
        lines.company_id = deliveries.company_id
        and lines.shipment_id = deliveries.shipment_id
        and coalesce(deliveries.shipment_line, lines.shipment_line) = lines.shipment_line
union all
select
    disputes.company_id, disputes.source_system, disputes.dispute_id, invoices.created_at,
    'invoiced', invoices.invoice_id, '', null, invoices.gross_amount_doc, invoices.invoice_number
from disputes
inner join {{ ref('int_billing__invoice') }} as invoices
    on
        disputes.company_id = invoices.company_id
        and disputes.invoice_id in (invoices.invoice_id, invoices.reference_invoice_id)
        and invoices.invoice_type in ('invoice', 'debit_memo')
union all
select
    disputes.company_id, disputes.source_system, disputes.dispute_id, invoices.created_at,
    invoices.invoice_type, invoices.invoice_id, '', null, invoices.gross_amount_doc,
    invoices.reason_code
from disputes
inner join {{ ref('int_billing__invoice') }} as invoices
    on
        disputes.company_id = invoices.company_id
        and disputes.invoice_id = invoices.reference_invoice_id
        and invoices.invoice_type in ('credit_memo', 'cancellation')
union all
select
    disputes.company_id, disputes.source_system, disputes.dispute_id,
    {{ midnight_utc('settlements.applied_date', 'companies.timezone') }}, 'settled',
    settlements.cash_receipt_id, settlements.application_line, null,
    settlements.applied_amount_doc, settlements.deduction_reason
from disputes
inner join {{ ref('int_billing__settlement') }} as settlements
    on
        disputes.company_id = settlements.company_id
        and disputes.invoice_id = settlements.invoice_id
inner join {{ ref('int_master__company') }} as companies
    on disputes.company_id = companies.company_id
union all
select
    disputes.company_id, disputes.source_system, disputes.dispute_id, earlier.opened_at,
    case when earlier.dispute_id = disputes.dispute_id then 'disputed' else 'disputed before' end,
    earlier.dispute_id, '', null, earlier.amount, concat_ws(': ', earlier.reason_code, earlier.free_text)
from disputes
inner join disputes as earlier
    on
        disputes.company_id = earlier.company_id
        and disputes.party_id = earlier.party_id
        and disputes.opened_at >= earlier.opened_at
union all
select
    company_id, source_system, dispute_id, closed_at, 'closed', dispute_id, '', null, amount,
    concat_ws(': ', status, resolution_code)
from disputes
where closed_at is not null
