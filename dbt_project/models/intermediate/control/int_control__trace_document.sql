-- What belongs to an order line: its shipments, the movements that carried them, the invoices that
-- bill them. An invoice line that names no order belongs to the one that it was matched with.
with

shipment_lines as (

    select
        company_id, shipment_id, shipment_line,
        min(order_id) as order_id, min(order_line) as order_line
    from {{ ref('stg_wms__shipment_line') }}
    where order_id is not null
    group by company_id, shipment_id, shipment_line

),

invoice_lines as (

    select
        lines.company_id,
        lines.invoice_id,
        lines.invoice_line,
        coalesce(lines.order_id, shipment_lines.order_id, expected.order_id) as order_id,
        coalesce(lines.order_line, shipment_lines.order_line, expected.order_line) as order_line
    from {{ ref('int_billing__invoice_line') }} as lines
    left join shipment_lines
        on
            lines.company_id = shipment_lines.company_id
            and lines.shipment_id = shipment_lines.shipment_id
            and lines.shipment_line = shipment_lines.shipment_line
    left join {{ ref('int_billing__match') }} as matches
        on
            lines.company_id = matches.company_id
            and lines.source_system = matches.source_system
            and lines.invoice_id = matches.invoice_id
            and lines.invoice_line = matches.invoice_line
    left join {{ ref('int_billing__expected_line') }} as expected
        on
            matches.company_id = expected.company_id
            and matches.expected_billing_id = expected.expected_billing_id

)

select
    company_id, order_id, order_line, 'shipment' as document_kind,
    shipment_id as document_id, shipment_line as document_line
from shipment_lines
union
select
    moved.company_id, coalesce(moved.order_id, shipment_lines.order_id),
    coalesce(moved.order_line, shipment_lines.order_line, ''), 'movement',
    moved.source_movement_id, moved.source_movement_line
from {{ ref('int_stock__owned_movement') }} as moved
left join shipment_lines
    on
        moved.company_id = shipment_lines.company_id
        and moved.shipment_id = shipment_lines.shipment_id
        and moved.shipment_line = shipment_lines.shipment_line
where coalesce(moved.order_id, shipment_lines.order_id) is not null
union
select company_id, order_id, coalesce(order_line, ''), 'invoice', invoice_id, invoice_line
from invoice_lines
where order_id is not null
union      -- a ledger names consumption, bill-and-hold and drop-shipment by the event that is billed
select company_id, order_id, coalesce(order_line, ''), 'movement', billable_event_id, ''
from {{ ref('stg_billing__billable_event') }}
where order_id is not null
