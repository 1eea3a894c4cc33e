-- M2: the invoice line names the order line and its item; what M1 left open on both sides is
-- allocated first shipped, first billed.

with

matched_before as (

    select * from {{ ref('int_billing__match_shipment') }}

),

covered as (

    select expected_billing_id, sum(matched_qty) as qty
    from matched_before
    group by expected_billing_id

),

used as (

    select company_id, source_system, invoice_id, invoice_line, sum(matched_qty) as qty
    from matched_before
    group by company_id, source_system, invoice_id, invoice_line

),

expected as (

    select
        lines.expected_billing_id,
        lines.company_id,
        lines.order_id,
        lines.order_line,
        lines.item_id,
        lines.ship_confirm_at,
        lines.match_qty - coalesce(covered.qty, 0) as open_qty
    from {{ ref('int_billing__expected_line') }} as lines
    left join covered
        on lines.expected_billing_id = covered.expected_billing_id
    where
        lines.suppressed_reason is null
        and lines.order_id is not null
        and lines.match_qty > coalesce(covered.qty, 0)

),

invoiced as (      -- a line that names a shipment line belongs to it and to nothing else

    select
        lines.company_id,
        lines.source_system,
        lines.invoice_id,
        lines.invoice_line,
        lines.invoice_date,
        lines.order_id,
        lines.order_line,
        lines.item_id,
        lines.match_qty - coalesce(used.qty, 0) as open_qty
    from {{ ref('int_billing__invoice_line') }} as lines
    left join used
        on
            lines.company_id = used.company_id
            and lines.source_system = used.source_system
            and lines.invoice_id = used.invoice_id
            and lines.invoice_line = used.invoice_line
    where
        lines.line_kind in ('goods', 'service')
        and lines.invoice_type in ('invoice', 'debit_memo')
        and not lines.is_cancelled
        and lines.order_id is not null
        and lines.match_qty > coalesce(used.qty, 0)
        and lines.billable_event_id is null
        and (lines.shipment_id is null or lines.shipment_line is null)

),

expected_axis as (

    select
        expected.*,
        sum(open_qty) over (
            partition by company_id, order_id, order_line, item_id
            order by ship_confirm_at, expected_billing_id
            rows between unbounded preceding and current row
        ) as reaches
    from expected

),

invoiced_axis as (

    select
        invoiced.*,
        sum(open_qty) over (
            partition by company_id, order_id, order_line, item_id
            order by invoice_date, invoice_id, invoice_line, source_system
            rows between unbounded preceding and current row
        ) as reaches
    from invoiced

)

select
    expected_axis.expected_billing_id,
    expected_axis.company_id,
    invoiced_axis.source_system,
    invoiced_axis.invoice_id,
    invoiced_axis.invoice_line,
    'M2' as match_level,
    cast(
        least(expected_axis.reaches, invoiced_axis.reaches)
        - greatest(
            expected_axis.reaches - expected_axis.open_qty,
            invoiced_axis.reaches - invoiced_axis.open_qty
        )
        as decimal(18, 6)
    ) as matched_qty
from expected_axis
inner join invoiced_axis
    on
        expected_axis.company_id = invoiced_axis.company_id
        and expected_axis.order_id = invoiced_axis.order_id
        and expected_axis.order_line = invoiced_axis.order_line
        and expected_axis.item_id = invoiced_axis.item_id
        and invoiced_axis.reaches > expected_axis.reaches - expected_axis.open_qty
        and expected_axis.reaches > invoiced_axis.reaches - invoiced_axis.open_qty
