-- M1: the invoice line names the shipment line, or the event that is billed. Most names stand once on
-- either side. Where several lines share one, both sides are laid end to end along the same axis of
-- quantity; where two stretches overlap, one covers the other. Allocation ignores dates.

with

expected as (

    select
        expected_billing_id, company_id, ship_confirm_at, unit_top, unit_bottom, match_qty,
        case when billable_event_id is null then 'shipment' else 'event' end as link_kind,
        coalesce(billable_event_id, shipment_id) as link_id,
        case when billable_event_id is null then shipment_line else '' end as link_line
    from {{ ref('int_billing__expected_line') }}
    where suppressed_reason is null and match_qty > 0

),

invoiced as (

    select
        company_id, source_system, invoice_id, invoice_line, invoice_date, line_qty, line_amount,
        match_qty,
        case when billable_event_id is null then 'shipment' else 'event' end as link_kind,
        coalesce(billable_event_id, shipment_id) as link_id,
        case when billable_event_id is null then shipment_line else '' end as link_line
    from {{ ref('int_billing__claim') }}
    where
        match_qty > 0
        and (billable_event_id is not null or (shipment_id is not null and shipment_line is not null))

),

shared as (      -- names that several lines of one side have in common

    select company_id, link_kind, link_id, link_line
    from invoiced
    group by company_id, link_kind, link_id, link_line
    having count(*) > 1
    union
    select company_id, link_kind, link_id, link_line
    from expected
    group by company_id, link_kind, link_id, link_line
    having count(*) > 1

),

expected_axis as (

    select
        expected.*,
        sum(expected.match_qty) over (
            partition by
                expected.company_id, expected.link_kind, expected.link_id, expected.link_line
            order by expected.ship_confirm_at, expected.expected_billing_id
            rows between unbounded preceding and current row
        ) as reaches
    from expected
    inner join shared using (company_id, link_kind, link_id, link_line)

),

invoiced_axis as (

    select
        invoiced.*,
        sum(invoiced.match_qty) over (
            partition by
                invoiced.company_id, invoiced.link_kind, invoiced.link_id, invoiced.link_line
            order by
                invoiced.invoice_date, invoiced.invoice_id, invoiced.invoice_line,
                invoiced.source_system
            rows between unbounded preceding and current row
        ) as reaches
    from invoiced
    inner join shared using (company_id, link_kind, link_id, link_line)

)

select
    expected.expected_billing_id, invoiced.company_id, invoiced.source_system, invoiced.invoice_id,
    invoiced.invoice_line, 'M1' as match_level,
    least(expected.match_qty, invoiced.match_qty) as matched_qty,
    invoiced.line_qty, invoiced.line_amount, expected.ship_confirm_at as placed_at,
    expected.unit_top, expected.unit_bottom
from expected
inner join invoiced using (company_id, link_kind, link_id, link_line)
left join shared using (company_id, link_kind, link_id, link_line)
where shared.link_id is null
union all
select
    expected.expected_billing_id, invoiced.company_id, invoiced.source_system, invoiced.invoice_id,
    invoiced.invoice_line, 'M1',
    cast(
        least(expected.reaches, invoiced.reaches)
        - greatest(expected.reaches - expected.match_qty, invoiced.reaches - invoiced.match_qty)
        as decimal(18, 6)
    ),
    invoiced.line_qty, invoiced.line_amount, expected.ship_confirm_at, expected.unit_top,
    expected.unit_bottom
from expected_axis as expected
inner join invoiced_axis as invoiced using (company_id, link_kind, link_id, link_line)
where
    invoiced.reaches > expected.reaches - expected.match_qty
    and expected.reaches > invoiced.reaches - invoiced.match_qty
