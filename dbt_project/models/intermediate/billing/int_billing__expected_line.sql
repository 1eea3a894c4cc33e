with

triggers as (

    select * from {{ ref('int_billing__trigger') }}

),

line_values as (

    select * from {{ ref('int_billing__line_value') }}

)

select
    triggers.expected_billing_id,
    triggers.company_id,
    triggers.source_system,
    triggers.shipment_id,
    triggers.shipment_line,
    triggers.shipment_type,
    triggers.billable_event_id,
    triggers.event_type,
    case
        when triggers.event_type in ('service', 'storage') or triggers.item_type = 'service'
            then 'service'
        else 'goods'
    end as line_kind,
    triggers.order_id,
    triggers.order_line,
    triggers.order_type,
    triggers.customer_code,
    triggers.customer_po,
    triggers.billing_cycle,
    triggers.party_id,
    triggers.item_id,
    triggers.location_id,
    triggers.valuation_class,
    triggers.channel,
    triggers.billing_rule_id,
    triggers.rule_valid_from,
    triggers.rule_trigger,
    triggers.due_hours,
    triggers.clock,
    triggers.trigger_event_code,
    triggers.trigger_at,
    triggers.transferred_at,
    triggers.waits_for,
    triggers.ship_confirm_at,
    triggers.left_at,
    triggers.delivered_at,
    triggers.signed_at,
    triggers.promised_delivery_at,
    triggers.promised_date,
    triggers.order_date,
    triggers.ship_date,
    triggers.timezone,
    triggers.fob_point,
    triggers.freight_terms,
    triggers.delivery_terms,
    triggers.is_signature_needed,
    triggers.ship_to_country,
    triggers.payment_terms_code,
    triggers.suppressed_reason,
    triggers.trigger_qty,
    triggers.line_qty,
    triggers.qty_shipped,
    triggers.qty_delivered,
    triggers.qty_released,
    triggers.qty_wanted,
    line_values.expected_uom as uom,
    case when triggers.suppressed_reason is null then line_values.triggered_qty else 0 end
        as expected_qty,
    case when triggers.suppressed_reason is null then line_values.match_qty else 0 end as match_qty,
    -- what left, in base units, whatever was accepted, weighed or is never billed
    case
        when triggers.trigger_qty <> 0 then {{ divide_exact(
            'triggers.qty_shipped * line_values.shipped_base_qty', 'triggers.trigger_qty', 6, 12, 6
        ) }}
        else 0
    end as shipped_base_qty,
    line_values.unit_top,
    line_values.unit_bottom,
    line_values.is_convertible,
    line_values.price_source,
    line_values.price_id,
    line_values.price_problem,
    line_values.price_count,
    line_values.lowest_price,
    line_values.highest_price,
    line_values.price_created_at,
    line_values.unit_price_doc as expected_unit_price_doc,
    case when triggers.suppressed_reason is null then line_values.amount_doc else 0 end
        as expected_amount_doc,
    line_values.currency_doc,
    triggers.company_currency,
    -- where customer or item have a tolerance of their own; null follows the company
    coalesce(of_party.qty_abs, of_item.qty_abs) as own_qty_abs,
    coalesce(of_party.qty_pct, of_item.qty_pct) as own_qty_pct,
    coalesce(of_party.price_abs, of_item.price_abs) as own_price_abs,
    coalesce(of_party.price_pct, of_item.price_pct) as own_price_pct
from triggers
left join line_values
    on triggers.expected_billing_id = line_values.expected_billing_id
left join {{ ref('int_billing__narrow_tolerance') }} as of_party
    on
        triggers.company_id = of_party.company_id
        and triggers.party_id = of_party.subject_id
        and of_party.subject = 'party'
left join {{ ref('int_billing__narrow_tolerance') }} as of_item
    on
        triggers.company_id = of_item.company_id
        and triggers.item_id = of_item.subject_id
        and of_item.subject = 'item'
