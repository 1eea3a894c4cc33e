-- What is left on either side once every invoice line that names a shipment line or an event has
-- taken what it names, one under the other. A line that names one belongs to it and to nothing else.

with

matched as (

    select * from {{ ref('int_billing__match_shipment') }}

),

covered as (

    select expected_billing_id, sum(matched_qty) as qty
    from matched
    group by expected_billing_id

)

select
    'expected' as side,
    lines.expected_billing_id as line_key,
    lines.company_id,
    cast(null as varchar) as source_system,
    cast(null as varchar) as invoice_id,
    cast(null as varchar) as invoice_line,
    lines.order_id,
    lines.order_line,
    lines.shipment_id,
    lines.customer_po,
    lines.party_id,
    lines.item_id,
    lines.ship_date as date,
    lines.ship_confirm_at as placed_at,
    lines.unit_top,
    lines.unit_bottom,
    cast(null as decimal(18, 6)) as line_qty,
    cast(null as decimal(18, 4)) as line_amount,
    lines.own_qty_abs,
    lines.own_qty_pct,
    cast(lines.match_qty - coalesce(covered.qty, 0) as decimal(18, 6)) as open_qty
from {{ ref('int_billing__expected_line') }} as lines
left join covered
    on lines.expected_billing_id = covered.expected_billing_id
where
    lines.suppressed_reason is null
    and coalesce(lines.shipment_type, '') <> 'consignment'      -- billed when used, by its own event
    and lines.match_qty > coalesce(covered.qty, 0)
union all
select
    'invoiced', concat_ws('|', company_id, invoice_id, invoice_line, source_system), company_id,
    source_system, invoice_id, invoice_line, order_id, order_line, shipment_id, customer_po, party_id, item_id,
    invoice_date, cast(invoice_date as timestamptz), null, null, line_qty, line_amount, null, null,
    match_qty
from {{ ref('int_billing__claim') }}
where
    match_qty > 0
    and billable_event_id is null
    and (shipment_id is null or shipment_line is null)
