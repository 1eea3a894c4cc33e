-- Invoice lines for goods of which more is billed than any shipment takes. Which of the three
-- findings it is follows from what the line names: ruling D3.

with

used as (

    select company_id, source_system, invoice_id, invoice_line, sum(match_qty) as qty
    from {{ ref('int_billing__match') }}
    group by company_id, source_system, invoice_id, invoice_line

),

lines as (

    select
        invoice_lines.*,
        coalesce(used.qty, 0) as used_qty,
        invoice_lines.match_qty - coalesce(used.qty, 0) as surplus_qty
    from {{ ref('int_billing__invoice_line') }} as invoice_lines
    left join used
        on
            invoice_lines.company_id = used.company_id
            and invoice_lines.source_system = used.source_system
            and invoice_lines.invoice_id = used.invoice_id
            and invoice_lines.invoice_line = used.invoice_line
    where
        invoice_lines.line_kind = 'goods'
        and invoice_lines.invoice_type in ('invoice', 'debit_memo')
        and not invoice_lines.is_cancelled
        and invoice_lines.billable_event_id is null
        and invoice_lines.match_qty > coalesce(used.qty, 0)

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

    select
        invoice_lines.company_id,
        invoice_lines.order_id,
        invoice_lines.order_line,
        invoice_lines.item_id,
        invoice_lines.match_qty
    from {{ ref('int_billing__invoice_line') }} as invoice_lines
    inner join used
        on
            invoice_lines.company_id = used.company_id
            and invoice_lines.source_system = used.source_system
            and invoice_lines.invoice_id = used.invoice_id
            and invoice_lines.invoice_line = used.invoice_line
    where invoice_lines.order_id is not null and used.qty >= invoice_lines.match_qty
    group by
        invoice_lines.company_id, invoice_lines.order_id, invoice_lines.order_line,
        invoice_lines.item_id, invoice_lines.match_qty

)

select
    lines.*,
    order_lines.order_type,
    order_lines.line_status,
    order_lines.customer_code,
    order_lines.channel,
    case
        when lines.used_qty > 0 then 'QTY_OVER_BILLED'
        when shipped_lines.shipment_id is not null or billed_lines.order_id is not null
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
left join billed_lines
    on
        lines.company_id = billed_lines.company_id
        and lines.order_id = billed_lines.order_id
        and lines.order_line = billed_lines.order_line
        and lines.item_id = billed_lines.item_id
        and lines.match_qty = billed_lines.match_qty
where
    lines.surplus_qty > greatest(
        tolerances.qty_abs, lines.used_qty * tolerances.qty_pct * 0.01
    )
