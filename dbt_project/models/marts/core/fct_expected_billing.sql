with

run as (

    select * from {{ ref('int_control__run') }}

),

touched_by_override as (

    select expected_billing_id from {{ ref('int_billing__override') }}
    group by expected_billing_id

),

goods as (

    select
        billing_states.*,
        coalesce(billing_states.suppressed_reason, billing_states.returned_reason) as never_because,
        -- billed without a hand on it between trigger and invoice; unknown while it is not billed
        case
            when billing_states.actual_qty > 0
                then billing_states.touched = 0 and overrides.expected_billing_id is null
        end as is_touchless
    from {{ ref('int_billing__billing_state') }} as billing_states
    left join touched_by_override as overrides
        on billing_states.expected_billing_id = overrides.expected_billing_id

),

charges as (

    select * from {{ ref('int_billing__charge_state') }}

),

stacked as (

    select
        expected_billing_id, company_id, source_system, billing_rule_id, rule_valid_from,
        trigger_event_code, coalesce(event_type, 'shipment') as trigger_kind, trigger_at,
        ship_confirm_at, due_by_at, grace_until_at, last_invoiced_at, party_id, customer_po, order_id,
        order_line, shipment_id, shipment_line, shipment_type, billable_event_id, line_kind, item_id,
        location_id, channel, invoice_group, expected_qty, uom, expected_unit_price, price_source,
        price_id, expected_amount, company_currency, expected_unit_price_doc, expected_amount_doc,
        currency_doc, billing_state, never_because as suppressed_reason, waits_for, price_problem,
        case when billing_state = 'blocked' then blocked_by end as blocked_by,
        is_touchless, is_overdue, actual_qty, actual_amount, returned_qty,
        case when is_open then open_qty else 0 end as open_qty,
        case when is_open then open_amount else 0 end as open_amount,
        match_level
    from goods
    union all
    select
        expected_billing_id, company_id, source_system, billing_rule_id, rule_valid_from,
        null, case when origin = 'event' then charge_type else 'charge rule' end, trigger_at,
        null, due_by_at, grace_until_at, last_invoiced_at, party_id, null, goods_order_id,
        null, shipment_id, null, null, billable_event_id, line_kind, null,
        location_id, channel, coalesce(shipment_id, goods_order_id, billable_event_id), 1, null,
        expected_amount, case when origin = 'event' then 'event' else 'charge_rule' end,
        charge_rule_id, expected_amount, company_currency, amount_doc, amount_doc,
        currency, billing_state, null,
        case when billing_state = 'not_triggered' then 'goods not billed' end, null,
        case when billing_state = 'blocked' then 'RC8' end,
        null, billing_state = 'ready' and grace_until_at < run.as_of_at,
        case when is_billed then 1 else 0 end, actual_amount, 0,
        case when is_billed then 0 else 1 end,
        case when is_billed then 0 else expected_amount end,
        match_level
    from charges
    cross join run

)

select
    stacked.expected_billing_id,
    stacked.company_id,
    stacked.source_system,
    stacked.billing_rule_id,
    stacked.rule_valid_from,
    stacked.trigger_event_code,
    stacked.trigger_kind,
    stacked.trigger_at,
    stacked.ship_confirm_at,
    stacked.due_by_at,
    stacked.grace_until_at,
    stacked.last_invoiced_at,

    stacked.party_id,
    stacked.customer_po,
    stacked.order_id,
    stacked.order_line,
    stacked.shipment_id,
    stacked.shipment_line,
    stacked.shipment_type,
    stacked.billable_event_id,
    stacked.line_kind,
    stacked.item_id,
    stacked.location_id,
    stacked.channel,
    stacked.invoice_group,

    cast(stacked.expected_qty as decimal(18, 6)) as expected_qty,
    stacked.uom,
    cast(stacked.expected_unit_price as decimal(20, 8)) as expected_unit_price,
    stacked.price_source,
    stacked.price_id,
    cast(stacked.expected_amount as decimal(18, 4)) as expected_amount,
    stacked.company_currency as currency,
    cast(stacked.expected_unit_price_doc as decimal(20, 8)) as expected_unit_price_doc,
    cast(stacked.expected_amount_doc as decimal(18, 4)) as expected_amount_doc,
    stacked.currency_doc,

    stacked.billing_state,
    stacked.suppressed_reason,
    stacked.waits_for,
    stacked.price_problem,
    stacked.blocked_by,
    stacked.is_touchless,
    stacked.is_overdue,
    cast(stacked.actual_qty as decimal(18, 6)) as actual_qty,
    cast(stacked.actual_amount as decimal(18, 4)) as actual_amount,
    cast(stacked.returned_qty as decimal(18, 6)) as returned_qty,
    cast(stacked.open_qty as decimal(18, 6)) as open_qty,
    cast(stacked.open_amount as decimal(18, 4)) as open_amount,
    stacked.match_level,

    run.as_of_at,
    run.watermark_at
from stacked
cross join run
