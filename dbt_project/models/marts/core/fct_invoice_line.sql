with

run as (

    select * from {{ ref('int_control__run') }}

),

invoice_lines as (

    select * from {{ ref('int_billing__invoice_line') }}

)

select
    invoice_lines.company_id,
    invoice_lines.source_system,
    invoice_lines.invoice_id,
    invoice_lines.invoice_line,
    invoice_lines.invoice_number,
    invoice_lines.invoice_type,
    invoice_lines.invoice_date,
    invoice_lines.posting_date,
    invoice_lines.created_at,
    invoice_lines.creation_mode,
    invoice_lines.reason_code,
    invoice_lines.reference_invoice_id,
    invoice_lines.is_cancelled,

    invoice_lines.party_id,
    invoice_lines.customer_po,
    invoice_lines.order_id,
    invoice_lines.order_line,
    invoice_lines.shipment_id,
    invoice_lines.shipment_line,
    invoice_lines.billable_event_id,
    invoice_lines.line_kind,
    invoice_lines.item_id,
    invoice_lines.item_code,

    invoice_lines.actual_qty,
    invoice_lines.uom,
    cast(invoice_lines.actual_unit_price_doc * invoice_lines.currency_rate as decimal(20, 8))
        as actual_unit_price,
    invoice_lines.actual_amount,
    invoice_lines.currency,
    invoice_lines.actual_unit_price_doc,
    invoice_lines.actual_amount_doc,
    invoice_lines.tax_amount_doc,
    invoice_lines.currency_doc,
    cast(invoice_lines.currency_rate as decimal(20, 8)) as currency_rate,
    invoice_lines.billed_cost_amount,
    -- a line that claims no goods (a charge, a credit, a cancelled one) has nothing to be matched
    cast(claims.used_qty as decimal(18, 6)) as matched_base_qty,
    cast(claims.surplus_qty as decimal(18, 6)) as unmatched_base_qty,
    claims.weakest_level as match_level,

    run.as_of_at,
    run.watermark_at
from invoice_lines
cross join run
left join {{ ref('int_billing__claim_use') }} as claims
    on
        invoice_lines.company_id = claims.company_id
        and invoice_lines.source_system = claims.source_system
        and invoice_lines.invoice_id = claims.invoice_id
        and invoice_lines.invoice_line = claims.invoice_line
