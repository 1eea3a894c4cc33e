-- L11: what somebody else owes us and nobody has asked for. Of a carrier: goods lost or damaged while
-- they were ours. Of a supplier: more billed than was accepted. A claim of any state is a claim.

with

run as (

    select * from {{ ref('int_control__run') }}

),

settings as (

    select * from {{ ref('int_control__billing_setting') }}

),

left_at_cost as (      -- what a shipped line left at, less what was taken back

    select
        company_id, shipment_id, shipment_line,
        abs(sum(ext_cost)) as cost
    from {{ ref('stg_wms__stock_movement') }}
    where shipment_id is not null and movement_type = 'ship'
    group by company_id, shipment_id, shipment_line

),

shipped as (      -- every line that left, the parts of a kit too

    select
        lines.company_id, lines.source_system, lines.shipment_id, lines.shipment_line, lines.order_id,
        lines.order_line, item_codes.item_id, lines.item_code, lines.qty_shipped,
        coalesce(
            lines.ext_cost, left_at_cost.cost, lines.qty_shipped * item_costs.unit_cost
        ) as cost,
        shipments.fob_point
    from {{ ref('stg_wms__shipment_line') }} as lines
    inner join {{ ref('stg_wms__shipment') }} as shipments
        on
            lines.source_system = shipments.source_system
            and lines.company_id = shipments.company_id
            and lines.shipment_id = shipments.shipment_id
    left join {{ ref('int_master__item_code') }} as item_codes
        on
            lines.source_system = item_codes.source_system
            and lines.company_id = item_codes.company_id
            and lines.item_code = item_codes.item_code
    left join left_at_cost
        on
            lines.company_id = left_at_cost.company_id
            and lines.shipment_id = left_at_cost.shipment_id
            and lines.shipment_line = left_at_cost.shipment_line
    left join {{ ref('int_valuation__unit_cost') }} as item_costs
        on
            lines.company_id = item_costs.company_id
            and item_codes.item_id = item_costs.item_id
    where shipments.fob_point in ('destination', 'DAP', 'DPU', 'DDP')

),

claimed as (      -- a bill to the carrier that names the shipment, or its line

    select company_id, invoice_number
    from {{ ref('stg_purchasing__invoice') }}
    where invoice_type in ('debit_memo', 'credit_memo') and status not in ('draft', 'cancelled')
    group by company_id, invoice_number

),

on_the_road as (

    select
        shipped.*,
        events.event_type,
        events.event_at,
        events.carrier_code,
        case when events.event_type = 'lost' then shipped.qty_shipped else events.qty_damaged end as qty
    from {{ ref('stg_wms__delivery_event') }} as events
    inner join shipped
        on
            events.company_id = shipped.company_id
            and events.shipment_id = shipped.shipment_id
            and coalesce(events.shipment_line, shipped.shipment_line) = shipped.shipment_line
    cross join run
    cross join settings
    left join claimed as line_claims
        on
            shipped.company_id = line_claims.company_id
            and shipped.shipment_id || '/' || shipped.shipment_line = line_claims.invoice_number
    left join claimed as shipment_claims
        on
            shipped.company_id = shipment_claims.company_id
            and shipped.shipment_id = shipment_claims.invoice_number
    where
        events.event_type in ('lost', 'damaged')
        and line_claims.invoice_number is null
        and shipment_claims.invoice_number is null
        and events.event_at + settings.claim_days * interval 1 day < run.as_of_at

)

select
    'UNCLAIMED_RECOVERY' as code,
    company_id,
    concat_ws('|', source_system, shipment_id, shipment_line, event_type) as business_key,
    cast(null as varchar) as root_exception_id,
    carrier_code as party_id,
    item_id,
    cast(null as varchar) as location_id,
    order_id,
    order_line,
    shipment_id,
    shipment_line,
    cast(null as varchar) as invoice_id,
    cast(null as varchar) as invoice_line,
    cast(null as varchar) as journal_id,
    cast(null as varchar) as journal_line,
    cast(null as varchar) as movement_id,
    cast(null as varchar) as receipt_id,
    cast(null as varchar) as purchase_order_id,
    min(event_at) as first_event_at,
    min(event_at) as detected_at,
    coalesce(
        cast(
            case when min(qty_shipped) <> 0 then min(cost) * sum(qty) / min(qty_shipped) end
            as decimal(18, 4)
        ), 0
    ) as exposure_amount,
    'cost of what was lost' as exposure_basis,
    'days to claim' as rule_id,
    {{ json_text([
        ('what', 'event_type'),
        ('qty', 'sum(qty)'),
        ('carrier', 'carrier_code'),
        ('reported_at', 'min(event_at)'),
    ]) }} as evidence
from on_the_road
group by
    company_id, source_system, shipment_id, shipment_line, event_type, carrier_code, item_id, order_id,
    order_line
