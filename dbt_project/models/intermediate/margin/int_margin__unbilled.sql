-- Triggered and not billed, goods and charges: earned at the expected price (ruling D24), at the cost
-- of what left.
with

states as (

    select
        company_id, expected_billing_id, order_id, order_line, shipment_id, shipment_line,
        line_kind, party_id, channel, item_id, location_id,
        open_qty, open_amount, expected_unit_price_doc, currency_doc, trigger_at, timezone
    from {{ ref('int_billing__billing_state') }}
    where is_open and open_qty > 0 and billing_state in ('blocked', 'ready', 'exported')
    union all      -- a charge is earned with the goods, whether they are billed or not
    select
        charges.company_id, charges.expected_billing_id, charges.goods_order_id, null,
        charges.shipment_id, null,
        charges.line_kind, charges.party_id, charges.channel, null, charges.location_id,
        1, charges.expected_amount, charges.amount_doc, charges.currency, charges.event_at,
        companies.timezone
    from {{ ref('int_billing__charge_state') }} as charges
    inner join {{ ref('int_master__company') }} as companies
        on charges.company_id = companies.company_id
    where
        charges.expected_amount is not null
        and (charges.billing_state = 'ready' or charges.is_with_unbilled_goods and not charges.is_billed)

)

select
    states.company_id,
    concat('expected/', states.expected_billing_id) as margin_line_id,
    states.expected_billing_id,
    states.order_id, states.order_line, states.shipment_id, states.shipment_line,
    states.line_kind, states.party_id, states.channel, states.item_id, states.location_id,
    coalesce(costs.shipped_on, {{ local_date('states.trigger_at', 'states.timezone') }}) as date,
    states.open_qty as qty_base,
    states.open_amount as revenue_amount,
    {{ minor_unit('states.open_qty * states.expected_unit_price_doc', 'document_units.decimals') }} as revenue_amount_doc,
    states.currency_doc,
    case
        when states.line_kind <> 'goods' then 0
        else coalesce(costs.cost_amount, costs.ledger_amount)
    end as cogs_amount,
    costs.ledger_amount as ledger_cogs_amount,
    coalesce(costs.late_amount, 0) as late_cost_amount,
    coalesce(costs.freight_amount, 0) as freight_amount,
    coalesce(costs.handling_amount, 0) as handling_amount,
    costs.costing_method,
    case
        when states.line_kind <> 'goods' then null
        when costs.cost_amount is not null and costs.costing_method is null then 'purchase order'
        when costs.cost_amount is not null then 'costing engine'
        when costs.ledger_amount is not null then 'ledger'
    end as cost_source
from states
left join {{ ref('int_margin__open_cost') }} as costs
    on
        states.company_id = costs.company_id
        and states.expected_billing_id = costs.expected_billing_id
left join {{ ref('currency') }} as document_units
    on states.currency_doc = document_units.currency
