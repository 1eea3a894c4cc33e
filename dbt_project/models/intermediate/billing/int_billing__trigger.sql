with

lines as (

    select * from {{ ref('int_billing__line_terms') }}

),

rules as (

    select * from {{ ref('int_billing__rule_choice') }}

),

deliveries as (

    select * from {{ ref('int_billing__delivery') }}

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
        coalesce(line_deliveries.delivered_at, shipment_deliveries.delivered_at) as delivered_at,
        line_deliveries.qty_delivered,
        -- ruling D21: any one of the three signs of a gift is enough
        case
            when lines.shipment_type in ('transfer', 'rtv', 'sample', 'warranty')
                then lines.shipment_type
            when lines.order_type = 'sample' then 'sample'
            when lines.is_no_charge then 'no_charge_flag'
            when lines.qty_shipped < 0 then 'reversal'
            when lines.qty_shipped = 0 then 'nothing_left'
            when lines.shipment_type = 'billhold_release' then 'billed_at_hold'
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
            and lines.ship_date between rules.begins_on and rules.ends_on
    left join deliveries as line_deliveries
        on
            lines.company_id = line_deliveries.company_id
            and lines.shipment_id = line_deliveries.shipment_id
            and lines.shipment_line = line_deliveries.shipment_line
    left join deliveries as shipment_deliveries
        on
            lines.company_id = shipment_deliveries.company_id
            and lines.shipment_id = shipment_deliveries.shipment_id
            and shipment_deliveries.shipment_line = ''

)

select
    ruled.*,
    case
        when ruled.shipment_type = 'sample' or ruled.suppressed_reason = 'sample' then 'E54'
        when ruled.shipment_type = 'transfer' then 'E38'
        when ruled.shipment_type = 'rtv' then 'E09'
        when ruled.shipment_type = 'consignment' then 'E43'
        when ruled.shipment_type = 'dropship' then 'E47'
        when ruled.shipment_type = 'billhold_release' then 'E26'
        when ruled.rule_trigger = 'deliver' then 'E21'
        when ruled.delivery_terms in ('destination', 'DAP', 'DPU', 'DDP') then 'E20'
        else 'E19'
    end as trigger_event_code,
    -- ruling D14: a delivery rule without a delivery is not triggered; consigned goods wait for use
    case
        when ruled.suppressed_reason is not null or ruled.shipment_type = 'consignment' then null
        when ruled.rule_trigger in ('ship', 'supplier_ship') then ruled.ship_confirm_at
        when ruled.rule_trigger = 'deliver' then ruled.delivered_at
    end as trigger_at,
    case
        when ruled.rule_trigger = 'deliver' then coalesce(ruled.qty_delivered, ruled.qty_shipped)
        else ruled.qty_shipped
    end as trigger_qty
from ruled
