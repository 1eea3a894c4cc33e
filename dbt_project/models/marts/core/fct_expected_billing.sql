with

run as (

    select * from {{ ref('int_control__run') }}

),

billing_states as (

    select * from {{ ref('int_billing__billing_state') }}

)

select
    billing_states.expected_billing_id,
    billing_states.company_id,
    billing_states.source_system,
    billing_states.billing_rule_id,
    billing_states.rule_valid_from,
    billing_states.trigger_event_code,
    coalesce(billing_states.event_type, 'shipment') as trigger_kind,
    billing_states.trigger_at,
    billing_states.ship_confirm_at,
    billing_states.due_by_at,
    billing_states.grace_until_at,
    billing_states.last_invoiced_at,

    billing_states.party_id,
    billing_states.customer_po,
    billing_states.order_id,
    billing_states.order_line,
    billing_states.shipment_id,
    billing_states.shipment_line,
    billing_states.shipment_type,
    billing_states.billable_event_id,
    billing_states.line_kind,
    billing_states.item_id,
    billing_states.location_id,
    billing_states.channel,
    billing_states.invoice_group,

    cast(billing_states.expected_qty as decimal(18, 6)) as expected_qty,
    billing_states.uom,
    billing_states.expected_unit_price,
    billing_states.price_source,
    billing_states.price_id,
    cast(billing_states.expected_amount as decimal(18, 4)) as expected_amount,
    billing_states.company_currency as currency,
    billing_states.expected_unit_price_doc,
    cast(billing_states.expected_amount_doc as decimal(18, 4)) as expected_amount_doc,
    billing_states.currency_doc,

    billing_states.billing_state,
    billing_states.suppressed_reason,
    billing_states.waits_for,
    billing_states.price_problem,
    billing_states.is_overdue,
    cast(billing_states.actual_qty as decimal(18, 6)) as actual_qty,
    cast(billing_states.actual_amount as decimal(18, 4)) as actual_amount,
    cast(case when billing_states.is_open then billing_states.open_qty else 0 end as decimal(18, 6))
        as open_qty,
    cast(case when billing_states.is_open then billing_states.open_amount else 0 end as decimal(18, 4))
        as open_amount,
    billing_states.match_level,

    run.as_of_at,
    run.watermark_at
from billing_states
cross join run
