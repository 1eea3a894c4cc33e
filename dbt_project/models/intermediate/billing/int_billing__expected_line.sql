with

triggers as (

    select * from {{ ref('int_billing__trigger') }}

),

quantities as (

    select * from {{ ref('int_billing__line_quantity') }}

),

line_prices as (

    select * from {{ ref('int_billing__line_price') }}

),

order_lines as (

    select * from {{ ref('int_billing__order_line') }}

),

priced as (

    select
        triggers.*,
        quantities.uom as expected_uom,
        quantities.expected_qty as triggered_qty,
        quantities.match_qty,
        quantities.unit_top,
        quantities.unit_bottom,
        line_prices.price_id,
        case
            when line_prices.price_id is not null then line_prices.price_kind
            when order_lines.uom = quantities.uom then order_lines.order_price_source
        end as price_source,
        case
            when line_prices.price_id is not null then line_prices.unit_price
            when order_lines.uom = quantities.uom then order_lines.order_unit_price_doc
        end as unit_price_doc,
        coalesce(line_prices.currency, order_lines.currency, triggers.company_currency)
            as currency_doc,
        -- the order's own amount, where all of it left at once: no rounding through a unit price
        case
            when
                line_prices.price_id is null
                and order_lines.order_price_source = 'order_net'
                and order_lines.uom = quantities.uom
                and order_lines.qty_ordered = quantities.expected_qty
                then order_lines.net_amount
        end as whole_amount_doc
    from triggers
    left join quantities
        on
            triggers.company_id = quantities.company_id
            and triggers.source_system = quantities.source_system
            and triggers.shipment_id = quantities.shipment_id
            and triggers.shipment_line = quantities.shipment_line
    left join line_prices
        on
            triggers.company_id = line_prices.company_id
            and triggers.source_system = line_prices.source_system
            and triggers.shipment_id = line_prices.shipment_id
            and triggers.shipment_line = line_prices.shipment_line
    left join order_lines
        on
            triggers.company_id = order_lines.company_id
            and triggers.order_id = order_lines.order_id
            and triggers.order_line = order_lines.order_line

)

select
    md5(concat_ws('|', company_id, source_system, 'goods', shipment_id, shipment_line))
        as expected_billing_id,
    company_id,
    source_system,
    shipment_id,
    shipment_line,
    shipment_type,
    order_id,
    order_line,
    customer_po,
    party_id,
    item_id,
    location_id,
    valuation_class,
    channel,
    billing_rule_id,
    rule_valid_from,
    trigger_event_code,
    trigger_at,
    ship_confirm_at,
    delivered_at,
    timezone,
    suppressed_reason,
    trigger_qty,
    expected_uom as uom,
    case when suppressed_reason is null then triggered_qty else 0 end as expected_qty,
    case when suppressed_reason is null then match_qty else 0 end as match_qty,
    unit_top,
    unit_bottom,
    coalesce(price_source, 'unpriced') as price_source,
    price_id,
    unit_price_doc as expected_unit_price_doc,
    case
        when suppressed_reason is not null then 0
        else coalesce(whole_amount_doc, cast(triggered_qty * unit_price_doc as decimal(18, 4)))
    end as expected_amount_doc,
    coalesce(currency_doc, company_currency) as currency_doc,
    company_currency
from priced
