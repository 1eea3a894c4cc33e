-- What shipping, delivery, the ledger and billing itself say of a line (RC1, RC2, RC7, RC11 to
-- RC13): true passes, false fails, null does not apply.
with

lines as (

    select * from {{ ref('int_billing__expected_line') }}
    where suppressed_reason is null

),

cartons as (

    select
        packed.company_id, packed.source_system, packed.shipment_id,
        count(distinct packed.handling_unit) as packed_count,
        min(shipments.carton_count) as confirmed_count
    from {{ ref('stg_wms__shipment_line') }} as packed
    inner join {{ ref('stg_wms__shipment') }} as shipments
        on
            packed.source_system = shipments.source_system
            and packed.company_id = shipments.company_id
            and packed.shipment_id = shipments.shipment_id
    where packed.handling_unit is not null and shipments.carton_count is not null
    group by packed.company_id, packed.source_system, packed.shipment_id

),

closed_periods as (

    select company_id, start_date, end_date, min(closed_at) as closed_at
    from {{ ref('stg_master__fiscal_period') }}
    where status = 'closed' and coalesce(module, 'AR') in ('AR', 'ar', '', 'all', 'ALL')
    group by company_id, start_date, end_date

),

billed as (

    select expected_billing_id, min(invoice_id) as invoice_id, sum(match_qty) as qty
    from {{ ref('int_billing__match') }}
    group by expected_billing_id

),

shipped_total as (      -- what left of an order line, in base units

    select
        company_id, order_id, order_line,
        sum(shipped_base_qty) as qty
    from {{ ref('int_billing__expected_line') }}
    where event_type is null and order_id is not null
    group by company_id, order_id, order_line

),

returned as (

    select expected_billing_id, sum(qty) as qty
    from {{ ref('int_billing__return') }}
    where expected_billing_id is not null and accepted_at is null
    group by expected_billing_id

)

select
    lines.expected_billing_id,
    lines.company_id,
    lines.ship_date,
    lines.qty_delivered,
    lines.line_qty,
    case
        when lines.event_type is not null then null
        else
            lines.ship_confirm_at is not null
            and coalesce(cartons.confirmed_count >= cartons.packed_count, true)
    end as is_shipment_confirmed,
    case
        when lines.event_type is not null then null
        else
            lines.is_convertible
            and coalesce(
                shipped_total.qty <= greatest(
                    lines.qty_wanted * (1 + coalesce(lines.own_qty_pct, tolerances.qty_pct) * 0.01),
                    lines.qty_wanted + coalesce(lines.own_qty_abs, tolerances.qty_abs)
                ) * lines.unit_top / lines.unit_bottom, true
            )
    end as is_quantity_valid,
    shipped_total.qty as shipped_base_qty,
    cast(
        lines.qty_wanted * lines.unit_top / lines.unit_bottom as decimal(18, 6)
    ) as wanted_base_qty,
    case
        when lines.rule_trigger <> 'deliver' or lines.event_type is not null then null
        when lines.is_signature_needed
            then
                lines.signed_at is not null
                and coalesce(lines.qty_delivered >= lines.line_qty, true)
        else
            lines.delivered_at is not null
            and coalesce(lines.qty_delivered >= lines.line_qty, true)
    end as is_delivery_proven,
    coalesce(closed_periods.closed_at is null, false) as is_period_open,
    coalesce(billed.qty, 0) < lines.match_qty or lines.match_qty = 0 as is_not_billed,
    billed.invoice_id as billed_invoice_id,
    case
        when returned.qty is null then true
        else coalesce(billed.qty, 0) >= lines.match_qty
    end as is_not_returned,
    returned.qty as returned_qty
from lines
inner join {{ ref('int_billing__tolerance') }} as tolerances
    on lines.company_id = tolerances.company_id
left join cartons
    on
        lines.company_id = cartons.company_id
        and lines.source_system = cartons.source_system
        and lines.shipment_id = cartons.shipment_id
left join closed_periods
    on
        lines.company_id = closed_periods.company_id
        and lines.ship_date between closed_periods.start_date and closed_periods.end_date
left join billed
    on lines.expected_billing_id = billed.expected_billing_id
left join shipped_total
    on
        lines.company_id = shipped_total.company_id
        and lines.order_id = shipped_total.order_id
        and lines.order_line = shipped_total.order_line
left join returned
    on lines.expected_billing_id = returned.expected_billing_id
