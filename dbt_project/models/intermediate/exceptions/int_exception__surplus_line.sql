-- Invoice lines for goods of which more is billed than any shipment takes. Which of the three
-- findings it is follows from what the line names: ruling D3.

with

claims as (

    select * from {{ ref('int_billing__claim_use') }}

),

lines as (

    select
        invoice_lines.*,
        claims.used_qty, claims.surplus_qty,
        claims.own_qty_abs, claims.own_qty_pct
    from {{ ref('int_billing__invoice_line') }} as invoice_lines
    inner join claims
        on
            invoice_lines.company_id = claims.company_id
            and invoice_lines.source_system = claims.source_system
            and invoice_lines.invoice_id = claims.invoice_id
            and invoice_lines.invoice_line = claims.invoice_line
    where
        invoice_lines.line_kind = 'goods'
        and invoice_lines.billable_event_id is null
        and claims.surplus_qty > 0

),

repeated_lines as (      -- ruling D4: the same again under another number, no shipment named

    select lines.company_id, lines.source_system, lines.invoice_id, lines.invoice_line
    from lines
    cross join {{ ref('int_control__billing_setting') }} as settings
    inner join {{ ref('int_billing__invoice_line') }} as others
        on
            lines.company_id = others.company_id
            and lines.party_id = others.party_id
            and lines.customer_po = others.customer_po
            and lines.item_id = others.item_id
            and lines.match_qty = others.match_qty
            and lines.actual_amount_doc = others.actual_amount_doc
            and lines.invoice_number <> others.invoice_number
    inner join claims
        on
            others.company_id = claims.company_id
            and others.source_system = claims.source_system
            and others.invoice_id = claims.invoice_id
            and others.invoice_line = claims.invoice_line
    where
        lines.shipment_id is null
        and claims.shipment_id is null
        and claims.match_qty > 0
        and abs({{ days_between('others.invoice_date', 'lines.invoice_date') }}) <= settings.repeat_days
        -- of two that nothing answers the first is the one that was billed without goods
        and (
            claims.used_qty > 0
            or others.invoice_date < lines.invoice_date
            or (
                others.invoice_date = lines.invoice_date
                and others.invoice_number < lines.invoice_number
            )
        )
    group by lines.company_id, lines.source_system, lines.invoice_id, lines.invoice_line

),

order_lines as (

    select * from {{ ref('int_billing__order_line') }}

),

shipped_lines as (      -- shipment lines that stand under a claim already

    select company_id, shipment_id, shipment_line
    from {{ ref('int_billing__expected_line') }}
    where suppressed_reason is null and match_qty > 0
    group by company_id, shipment_id, shipment_line

),

billed_lines as (      -- what other invoice lines of the order line were good for

    select company_id, order_id, order_line, item_id, line_qty
    from claims
    where order_id is not null and used_qty >= line_qty
    group by company_id, order_id, order_line, item_id, line_qty

)

select
    lines.*,
    cast(invoices.net_amount * invoices.rate as decimal(18, 4)) as invoice_amount,      -- all of it is at risk of a dispute
    order_lines.order_type,
    order_lines.line_status,
    order_lines.customer_code,
    order_lines.channel,
    case
        when lines.used_qty > 0 then 'QTY_OVER_BILLED'
        when
            coalesce(shipped_lines.shipment_id, billed_lines.order_id, repeated_lines.invoice_id)
            is not null
            then 'DUP_INVOICE'
        else 'BILLED_NOT_SHIPPED'
    end as code
from lines
inner join {{ ref('int_billing__tolerance') }} as tolerances
    on lines.company_id = tolerances.company_id
inner join {{ ref('int_billing__invoice_watermark') }} as watermarks
    on
        watermarks.company_id = lines.company_id
        -- ruling A21: what did not ship is known only as far as the shipment feed reaches
        and cast(watermarks.shipments_known_until as date) >= lines.invoice_date
left join {{ ref('int_billing__invoice') }} as invoices
    on
        lines.company_id = invoices.company_id
        and lines.source_system = invoices.source_system
        and lines.invoice_id = invoices.invoice_id
left join order_lines
    on
        lines.company_id = order_lines.company_id
        and lines.order_id = order_lines.order_id
        and lines.order_line = order_lines.order_line
left join shipped_lines
    on
        lines.company_id = shipped_lines.company_id
        and lines.shipment_id = shipped_lines.shipment_id
        and lines.shipment_line = shipped_lines.shipment_line
left join repeated_lines
    on
        lines.company_id = repeated_lines.company_id
        and lines.source_system = repeated_lines.source_system
        and lines.invoice_id = repeated_lines.invoice_id
        and lines.invoice_line = repeated_lines.invoice_line
left join billed_lines
    on
        lines.company_id = billed_lines.company_id
        and lines.order_id = billed_lines.order_id
        and lines.order_line = billed_lines.order_line
        and lines.item_id = billed_lines.item_id
        and lines.match_qty = billed_lines.line_qty
where
    lines.surplus_qty > greatest(
        coalesce(lines.own_qty_abs, tolerances.qty_abs),
        lines.used_qty * coalesce(lines.own_qty_pct, tolerances.qty_pct) * 0.01
    )
