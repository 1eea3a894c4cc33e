-- Shipments that carry something to be billed, with what decides whether more than the goods is.

with

lines as (

    select
        company_id,
        source_system,
        shipment_id,
        min(party_id) as party_id,
        min(customer_code) as customer_code,
        min(order_id) as order_id,
        min(freight_terms) as freight_terms,
        min(location_id) as location_id,
        min(channel) as channel,
        min(timezone) as timezone,
        min(ship_date) as ship_date,
        min(ship_confirm_at) as ship_confirm_at,
        min(company_currency) as company_currency,
        sum(match_qty) as qty,
        min(expected_billing_id) as first_line_id
    from {{ ref('int_billing__expected_line') }}
    where
        event_type is null
        and suppressed_reason is null
        and ship_confirm_at is not null
        and shipment_type in ('sale', 'dropship', 'consignment')
        and coalesce(expected_amount_doc, 1) <> 0
    group by company_id, source_system, shipment_id

),

facts as (

    select
        shipped_lines.company_id,
        shipped_lines.source_system,
        shipped_lines.shipment_id,
        max(
            case
                when coalesce(shipped_lines.hazmat_flag, items.hazmat_class is not null) then 1
                else 0
            end
        ) = 1 as is_hazmat,
        max(case when express.service_level is not null then 1 else 0 end) = 1 as is_rush
    from {{ ref('int_billing__shipped_line') }} as shipped_lines
    left join {{ ref('int_master__item') }} as items
        on
            shipped_lines.company_id = items.company_id
            and shipped_lines.item_id = items.item_id
    left join {{ ref('express_service') }} as express
        on lower(replace(shipped_lines.service_level, ' ', '_')) = express.service_level
    group by shipped_lines.company_id, shipped_lines.source_system, shipped_lines.shipment_id

),

billed as (      -- what was billed of the goods, and when first

    select
        lines.company_id,
        lines.source_system,
        lines.shipment_id,
        min(invoice_lines.created_at) as first_invoiced_at,
        min(invoice_lines.invoice_id) as invoice_id
    from {{ ref('int_billing__expected_line') }} as lines
    inner join {{ ref('int_billing__match') }} as matches
        on lines.expected_billing_id = matches.expected_billing_id
    inner join {{ ref('int_billing__invoice_line') }} as invoice_lines
        on
            matches.company_id = invoice_lines.company_id
            and matches.source_system = invoice_lines.source_system
            and matches.invoice_id = invoice_lines.invoice_id
            and matches.invoice_line = invoice_lines.invoice_line
    where lines.shipment_id is not null
    group by lines.company_id, lines.source_system, lines.shipment_id

)

select
    lines.*,
    facts.is_hazmat,
    facts.is_rush,
    billed.first_invoiced_at,
    billed.invoice_id
from lines
inner join facts
    on
        lines.company_id = facts.company_id
        and lines.source_system = facts.source_system
        and lines.shipment_id = facts.shipment_id
left join billed
    on
        lines.company_id = billed.company_id
        and lines.source_system = billed.source_system
        and lines.shipment_id = billed.shipment_id
