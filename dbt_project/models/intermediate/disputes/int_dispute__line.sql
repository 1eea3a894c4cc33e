-- The invoice line that a dispute is about, with the shipment and order behind it: as the line says,
-- else as it was matched. A dispute over a whole invoice speaks of its largest line.

with

disputes as (

    select * from {{ ref('int_receivable__dispute') }}

),

lines as (

    select
        disputes.company_id,
        disputes.source_system as dispute_source_system,
        disputes.dispute_id,
        invoice_lines.source_system,
        invoice_lines.invoice_id,
        invoice_lines.invoice_line,
        invoice_lines.order_id,
        invoice_lines.order_line,
        invoice_lines.shipment_id,
        invoice_lines.shipment_line,
        invoice_lines.item_id,
        invoice_lines.actual_qty,
        invoice_lines.uom,
        invoice_lines.actual_unit_price_doc,
        invoice_lines.actual_amount_doc,
        disputes.invoice_line is null as is_whole_invoice,
        row_number() over (
            partition by disputes.company_id, disputes.source_system, disputes.dispute_id
            order by
                case when invoice_lines.source_system = disputes.source_system then 0 else 1 end,
                case when invoice_lines.line_kind = 'goods' then 0 else 1 end,
                abs(invoice_lines.actual_amount_doc) desc,
                invoice_lines.invoice_line
        ) as preference
    from disputes
    inner join {{ ref('int_billing__invoice_line') }} as invoice_lines
        on
            disputes.company_id = invoice_lines.company_id
            and disputes.invoice_id = invoice_lines.invoice_id
            and invoice_lines.invoice_line = coalesce(
                disputes.invoice_line, invoice_lines.invoice_line
            )

),

matched as (

    select
        company_id,
        source_system,
        invoice_id,
        invoice_line,
        min(expected_billing_id) as expected_billing_id
    from {{ ref('int_billing__match') }}
    group by company_id, source_system, invoice_id, invoice_line

)

select
    lines.company_id,
    lines.dispute_source_system as source_system,
    lines.dispute_id,
    lines.invoice_id,
    lines.invoice_line,
    lines.is_whole_invoice,
    lines.item_id,
    lines.actual_qty,
    lines.uom,
    lines.actual_unit_price_doc,
    lines.actual_amount_doc,
    matched.expected_billing_id,
    coalesce(lines.order_id, expected_lines.order_id) as order_id,
    coalesce(lines.order_line, expected_lines.order_line) as order_line,
    coalesce(lines.shipment_id, expected_lines.shipment_id) as shipment_id,
    coalesce(lines.shipment_line, expected_lines.shipment_line) as shipment_line
from lines
left join matched
    on
        lines.company_id = matched.company_id
        and lines.source_system = matched.source_system
        and lines.invoice_id = matched.invoice_id
        and lines.invoice_line = matched.invoice_line
left join {{ ref('int_billing__expected_line') }} as expected_lines
    on matched.expected_billing_id = expected_lines.expected_billing_id
where lines.preference = 1
