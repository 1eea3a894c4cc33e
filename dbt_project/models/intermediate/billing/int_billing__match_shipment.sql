-- M1: the invoice line names the shipment line, or the event that is billed. Both sides are laid end
-- to end along the same axis of quantity; where two stretches overlap, one covers the other.
-- Allocation ignores dates.

with

expected as (

    select
        expected_billing_id,
        company_id,
        case when billable_event_id is null then 'shipment' else 'event' end as link_kind,
        coalesce(billable_event_id, shipment_id) as link_id,
        case when billable_event_id is null then shipment_line else '' end as link_line,
        sum(match_qty) over (
            partition by company_id, billable_event_id, shipment_id, shipment_line
            order by ship_confirm_at, expected_billing_id
            rows between unbounded preceding and current row
        ) as reaches,
        match_qty
    from {{ ref('int_billing__expected_line') }}
    where suppressed_reason is null and match_qty > 0

),

linked as (

    select
        claims.*,
        case when billable_event_id is null then 'shipment' else 'event' end as link_kind,
        coalesce(billable_event_id, shipment_id) as link_id,
        case when billable_event_id is null then shipment_line else '' end as link_line
    from {{ ref('int_billing__claim') }} as claims
    where
        match_qty > 0
        and (billable_event_id is not null or (shipment_id is not null and shipment_line is not null))

),

invoiced as (

    select
        company_id,
        source_system,
        invoice_id,
        invoice_line,
        link_kind,
        link_id,
        link_line,
        match_qty,
        sum(match_qty) over (
            partition by company_id, link_kind, link_id, link_line
            order by invoice_date, invoice_id, invoice_line, source_system
            rows between unbounded preceding and current row
        ) as reaches
    from linked

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
        and expected.link_kind = invoiced.link_kind
        and expected.link_id = invoiced.link_id
        and expected.link_line = invoiced.link_line
        and invoiced.reaches > expected.reaches - expected.match_qty
        and expected.reaches > invoiced.reaches - invoiced.match_qty
