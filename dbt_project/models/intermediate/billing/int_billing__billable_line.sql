{{ config(materialized='view') }}

-- Everything that may become an invoice line for goods or services: what was shipped, and what an
-- event of its own says (used from consignment, sent by a supplier, held, due by contract, served).

with

run as (

    select * from {{ ref('int_control__run') }}

),

stacked as (

    select
        company_id, source_system, shipment_id, shipment_line, shipment_type, ship_confirm_at, left_at,
        customer_code, from_location_code, order_id, order_line, kit_item_id,
        fob_point, freight_terms, promised_delivery_at, ship_to_country,
        item_id, qty_shipped, line_qty, catch_weight, qty_released, uom, is_no_charge,
        cast(null as varchar) as billable_event_id,
        cast(null as varchar) as event_type,
        cast(null as decimal(18, 4)) as charge_amount,
        cast(null as varchar) as event_currency,
        false as has_evidence
    from {{ ref('int_billing__shipped_line') }}
    union all
    select
        events.company_id, events.source_system, events.shipment_id, null, null, events.event_at,
        events.event_at, events.customer_code, events.location_code, events.order_id, events.order_line,
        null, null, null, null, null,
        item_codes.item_id, coalesce(events.qty, 1), coalesce(events.qty, 1), null, null, events.uom, false,
        events.billable_event_id, events.event_type, events.charge_amount, events.currency,
        events.evidence_ref is not null or events.report_ref is not null
    from {{ ref('stg_billing__billable_event') }} as events
    cross join run
    left join {{ ref('int_master__item_code') }} as item_codes
        on
            events.source_system = item_codes.source_system
            and events.company_id = item_codes.company_id
            and events.item_code = item_codes.item_code
    where
        events.event_type in (
            'consumption', 'dropship_ship', 'bill_hold', 'recurring', 'service', 'storage'
        )
        and events.event_at <= run.as_of_at

),

order_lines as (

    select * from {{ ref('int_billing__order_line') }}

),

party_codes as (

    select * from {{ ref('int_master__party_code') }}

)

select
    md5(concat_ws(
        '|', stacked.company_id, stacked.source_system,
        coalesce(stacked.event_type, 'goods'), coalesce(stacked.billable_event_id, stacked.shipment_id),
        coalesce(stacked.shipment_line, '')
    )) as expected_billing_id,
    stacked.company_id,
    stacked.source_system,
    stacked.shipment_id,
    stacked.shipment_line,
    stacked.shipment_type,
    stacked.billable_event_id,
    stacked.event_type,
    stacked.charge_amount,
    stacked.has_evidence,
    stacked.ship_confirm_at,
    stacked.left_at,
    stacked.from_location_code,
    stacked.promised_delivery_at,
    stacked.ship_to_country,
    stacked.order_id,
    stacked.order_line,
    order_lines.order_id is not null as has_order_line,
    case stacked.event_type      -- an event says by itself what kind of sale it closes
        when 'consumption' then 'consignment'
        when 'dropship_ship' then 'dropship'
        when 'storage' then 'service'
        else coalesce(stacked.event_type, order_lines.order_type, '')
    end as order_type,
    coalesce(order_lines.channel, '') as channel,
    coalesce(order_lines.customer_code, stacked.customer_code, '') as customer_code,
    coalesce(order_lines.party_id, party_codes.party_id) as party_id,
    order_lines.customer_po,
    coalesce(stacked.fob_point, order_lines.fob_point) as fob_point,
    coalesce(stacked.freight_terms, order_lines.freight_terms) as freight_terms,
    order_lines.invoice_policy,
    order_lines.pricing_at,
    order_lines.uom as ordered_uom,
    order_lines.qty_ordered - order_lines.qty_cancelled as qty_wanted,
    order_lines.payment_terms_code,
    order_lines.promised_date,
    coalesce(order_lines.currency, stacked.event_currency) as currency,
    coalesce(stacked.item_id, order_lines.item_id) as item_id,
    stacked.is_no_charge,
    stacked.line_qty,
    case when stacked.kit_item_id is null then stacked.catch_weight end as catch_weight,
    stacked.qty_released,
    stacked.qty_shipped,
    case
        when stacked.kit_item_id is not null
            then coalesce(order_lines.uom, stacked.uom)
        else coalesce(stacked.uom, order_lines.uom, 'EA')
    end as uom
from stacked
left join order_lines
    on
        stacked.company_id = order_lines.company_id
        and stacked.order_id = order_lines.order_id
        and stacked.order_line = order_lines.order_line
left join party_codes
    on
        stacked.source_system = party_codes.source_system
        and stacked.company_id = party_codes.company_id
        and stacked.customer_code = party_codes.party_code
        and party_codes.party_role = 'customer'
