with

lines as (

    select * from {{ ref('int_billing__line_terms') }}

),

rules as (

    select * from {{ ref('int_billing__rule_choice') }}

),

ruled as (

    select
        lines.*,
        rules.billing_rule_id,
        rules.policy_valid_from as rule_valid_from,
        rules.trigger as rule_trigger,
        rules.due_hours,
        rules.clock,
        rules.grace_hours,
        completions.completed_at,
        lines.is_held_until_complete
        and completions.order_id is not null
        and lines.event_type is null as is_held,
        coalesce(line_deliveries.delivered_at, shipment_deliveries.delivered_at) as delivered_at,
        coalesce(line_deliveries.signed_at, shipment_deliveries.signed_at) as signed_at,
        coalesce(
            line_deliveries.qty_delivered, lines.line_qty - line_deliveries.qty_missing
        ) as qty_delivered,
        -- ruling D21: any one of the three signs of a gift is enough
        case
            when lines.shipment_type in ('transfer', 'rtv', 'sample', 'warranty')
                then lines.shipment_type
            when lines.order_type = 'sample' then 'sample'
            when lines.is_no_charge then 'no_charge_flag'
            when lines.qty_shipped < 0 then 'reversal'
            when lines.qty_shipped = 0 then 'nothing_left'
            when lines.shipment_type = 'billhold_release' then 'billed_at_hold'
            when lines.passed_by_event = 'bill_hold' then 'billed_at_hold'
            when lines.passed_by_event = 'dropship_ship' then 'billed_by_supplier_notice'
            when rules.trigger = 'never' then coalesce(rules.suppress_reason, rules.billing_rule_id)
        end as suppressed_reason
    from lines
    left join rules
        on
            lines.company_id = rules.company_id
            and lines.customer_code = rules.customer_code
            and rules.party_id = coalesce(lines.party_id, '')
            and lines.pod_required = rules.pod_required
            and lines.order_type = rules.order_type
            and lines.valuation_class = rules.valuation_class
            and lines.delivery_terms = rules.delivery_terms
            and lines.channel = rules.channel
            and lines.fires_on = rules.fires_on
            and lines.part = rules.part
            and lines.ship_date between rules.begins_on and rules.ends_on
    left join {{ ref('int_billing__delivery') }} as line_deliveries
        on
            lines.company_id = line_deliveries.company_id
            and lines.shipment_id = line_deliveries.shipment_id
            and lines.shipment_line = line_deliveries.shipment_line
    left join {{ ref('int_billing__delivery') }} as shipment_deliveries
        on
            lines.company_id = shipment_deliveries.company_id
            and lines.shipment_id = shipment_deliveries.shipment_id
            and shipment_deliveries.shipment_line = ''
    left join {{ ref('int_billing__order_completion') }} as completions
        on
            lines.company_id = completions.company_id
            and lines.order_id = completions.order_id

),

fired as (

    select
        ruled.*,
        -- ruling D14: a delivery rule without a delivery is not triggered, without the signature
        -- that a customer asks for neither; consigned goods wait for use
        case
            when suppressed_reason is not null or shipment_type = 'consignment' then null
            when ship_confirm_at is null then null
            when rule_trigger = 'deliver' and is_signature_needed then signed_at
            when rule_trigger = 'deliver' then delivered_at
            when event_type = 'bill_hold' and not has_evidence then null
            when event_type is not null then ship_confirm_at
            when rule_trigger in ('ship', 'supplier_ship', 'bill_hold') then ship_confirm_at
        end as fired_at
    from ruled

)

select
    fired.*,
    case
        when fired.event_type = 'consumption' then 'E44'
        when fired.event_type = 'dropship_ship' then 'E47'
        when fired.event_type = 'bill_hold' then 'E25'
        when fired.event_type is not null then null
        when fired.shipment_type = 'sample' or fired.suppressed_reason = 'sample' then 'E54'
        when fired.shipment_type = 'transfer' then 'E38'
        when fired.shipment_type = 'rtv' then 'E09'
        when fired.shipment_type = 'consignment' then 'E43'
        when fired.shipment_type = 'dropship' then 'E47'
        when fired.shipment_type = 'billhold_release' then 'E26'
        when fired.rule_trigger = 'deliver' then 'E21'
        when fired.delivery_terms in ('destination', 'DAP', 'DPU', 'DDP') then 'E20'
        else 'E19'
    end as trigger_event_code,
    -- who takes no part invoices is billed when the last of the order has left
    case
        when fired.is_held and fired.completed_at is null then null
        when fired.is_held then greatest(fired.fired_at, fired.completed_at)
        else fired.fired_at
    end as trigger_at,
    case
        when fired.suppressed_reason is not null then null
        when fired.is_held and fired.fired_at is not null and fired.completed_at is null
            then 'order not complete'
        when fired.fired_at is not null then null
        when fired.ship_confirm_at is null then 'no ship confirmation'
        when fired.shipment_type = 'consignment' then 'not used yet'
        when fired.rule_trigger = 'deliver' and fired.is_signature_needed then 'no signed delivery'
        when fired.rule_trigger = 'deliver' then 'no delivery'
        when fired.event_type = 'bill_hold' then 'no evidence of the hold'
        when fired.billing_rule_id is null then 'no billing rule'
        else 'another event bills it'
    end as waits_for,
    -- what moved goods to the customer, whether an invoice may follow at once or not
    case
        when fired.suppressed_reason is not null or fired.shipment_type = 'consignment' then null
        when fired.delivery_terms in ('destination', 'DAP', 'DPU', 'DDP') and fired.event_type is null
            then fired.delivered_at
        else fired.ship_confirm_at
    end as transferred_at,
    case
        when
            fired.rule_trigger <> 'deliver' or fired.qty_delivered is null
            or fired.qty_delivered = fired.line_qty or fired.line_qty = 0
            then fired.qty_shipped
        -- of a kit the carrier counts parts
        else {{ divide_exact('fired.qty_shipped * fired.qty_delivered', 'fired.line_qty', 6, 12, 6) }}
    end as trigger_qty
from fired
