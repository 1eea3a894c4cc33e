-- M1: the invoice line names the shipment line. Both sides are laid end to end along the same
-- axis of quantity; where two stretches overlap, one covers the other. Allocation ignores dates.

with

expected as (

    select
        expected_billing_id,
        company_id,
        shipment_id,
        shipment_line,
        sum(match_qty) over (
            partition by company_id, shipment_id, shipment_line
            order by ship_confirm_at, expected_billing_id
            rows between unbounded preceding and current row
        ) as reaches,
        match_qty
    from {{ ref('int_billing__expected_line') }}
    where suppressed_reason is null and match_qty > 0

),

invoiced as (

    select
        company_id,
        source_system,
        invoice_id,
        invoice_line,
        shipment_id,
        shipment_line,
        match_qty,
        sum(match_qty) over (
            partition by company_id, shipment_id, shipment_line
            order by invoice_date, invoice_id, invoice_line, source_system
            rows between unbounded preceding and current row
        ) as reaches
    from {{ ref('int_billing__invoice_line') }}
    where
        line_kind = 'goods'
        and invoice_type in ('invoice', 'debit_memo')
        and not is_cancelled
        and match_qty > 0
        and shipment_id is not null
        and shipment_line is not null

)

select
    expected.expected_billing_id,
    expected.company_id,
    invoiced.source_system,
    invoiced.invoice_id,
    invoiced.invoice_line,
    'M1' as match_level,
    cast(
        least(expected.reaches, invoiced.reaches)
        - greatest(expected.reaches - expected.match_qty, invoiced.reaches - invoiced.match_qty)
        as decimal(18, 6)
    ) as matched_qty
from expected
inner join invoiced
    on
        expected.company_id = invoiced.company_id
        and expected.shipment_id = invoiced.shipment_id
        and expected.shipment_line = invoiced.shipment_line
        and invoiced.reaches > expected.reaches - expected.match_qty
        and expected.reaches > invoiced.reaches - invoiced.match_qty
