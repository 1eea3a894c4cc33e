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
        case
            when not is_open then 0
            when actual_qty = 0 and returned_qty = 0 then expected_amount_doc
            else open_qty * expected_unit_price_doc
        end as open_amount_doc,
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
        case when is_billed then 0 else amount_doc end,
        match_level
    from charges
    cross join run

),

keyed as (

    select
        stacked.*,
        afterwards.is_disputed,
        afterwards.is_paid,
        afterwards.handed_key,
        afterwards.handed_qty,
        afterwards.handed_content_key,
        md5(concat_ws(
            '|', stacked.company_id, stacked.trigger_event_code, stacked.expected_billing_id,
            cast(cast(stacked.open_qty as decimal(18, 6)) as varchar),
            cast(cast(stacked.expected_unit_price_doc as decimal(20, 8)) as varchar)
        )) as content_key
    from stacked
    left join {{ ref('int_billing__afterwards') }} as afterwards
        on stacked.expected_billing_id = afterwards.expected_billing_id

)

select
    keyed.expected_billing_id, keyed.company_id, keyed.source_system,
    keyed.billing_rule_id, keyed.rule_valid_from, keyed.trigger_event_code, keyed.trigger_kind,
    keyed.trigger_at, keyed.ship_confirm_at, keyed.due_by_at, keyed.grace_until_at,
    keyed.last_invoiced_at,

    keyed.party_id, keyed.customer_po, keyed.order_id, keyed.order_line, keyed.shipment_id,
    keyed.shipment_line, keyed.shipment_type, keyed.billable_event_id, keyed.line_kind,
    keyed.item_id, keyed.location_id, keyed.channel, keyed.invoice_group,

    cast(keyed.expected_qty as decimal(18, 6)) as expected_qty,
    keyed.uom,
    cast(keyed.expected_unit_price as decimal(20, 8)) as expected_unit_price,
    keyed.price_source,
    keyed.price_id,
    cast(keyed.expected_amount as decimal(18, 4)) as expected_amount,
    keyed.company_currency as currency,
    cast(keyed.expected_unit_price_doc as decimal(20, 8)) as expected_unit_price_doc,
    cast(keyed.expected_amount_doc as decimal(18, 4)) as expected_amount_doc,
    keyed.currency_doc,

    case
        when keyed.billing_state = 'billed' and keyed.is_disputed then 'disputed'
        when keyed.billing_state = 'billed' and keyed.is_paid then 'paid'
        when keyed.billing_state = 'ready' and keyed.handed_content_key = keyed.content_key
            then 'exported'
        else keyed.billing_state
    end as billing_state,
    keyed.suppressed_reason,
    keyed.waits_for,
    keyed.price_problem,
    keyed.blocked_by,
    keyed.is_touchless,
    keyed.is_overdue,
    cast(keyed.actual_qty as decimal(18, 6)) as actual_qty,
    cast(keyed.actual_amount as decimal(18, 4)) as actual_amount,
    cast(keyed.returned_qty as decimal(18, 6)) as returned_qty,
    cast(keyed.open_qty as decimal(18, 6)) as open_qty,
    cast(keyed.open_amount as decimal(18, 4)) as open_amount,
    cast(keyed.open_amount_doc as decimal(18, 4)) as open_amount_doc,
    keyed.match_level,

    keyed.content_key, keyed.handed_key,
    cast(keyed.handed_qty as decimal(18, 6)) as handed_qty,

    run.as_of_at,
    run.watermark_at
from keyed
cross join run
