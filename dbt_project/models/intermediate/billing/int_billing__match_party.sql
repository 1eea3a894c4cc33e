-- M3: without an order line, the number of the customer's purchase (or the order or shipment as a
-- whole), the item and the quantity say which goods an invoice line means, within days of their
-- leaving. Of several alike those pair that lie as far apart as most do, so that one invoice that was
-- never written leaves its own goods open and not those of its neighbour.

with

settings as (

    select * from {{ ref('int_control__billing_setting') }}

),

billed as (

    select expected_billing_id, sum(matched_qty) as qty
    from {{ ref('int_billing__match_order') }}
    group by expected_billing_id

),

sides as (

    select
        open_sides.side,
        open_sides.line_key,
        open_sides.company_id,
        open_sides.source_system,
        open_sides.invoice_id,
        open_sides.invoice_line,
        open_sides.order_id,
        open_sides.shipment_id,
        open_sides.customer_po,
        open_sides.party_id,
        open_sides.item_id,
        open_sides.date,
        open_sides.own_qty_abs,
        open_sides.own_qty_pct,
        open_sides.open_qty - coalesce(billed.qty, 0) as open_qty,
        days.day_number,
        row_number() over (
            partition by
                open_sides.company_id, side, open_sides.party_id, open_sides.item_id,
                customer_po, open_sides.open_qty, days.day_number
            order by placed_at, line_key
        ) as place
    from {{ ref('int_billing__match_open') }} as open_sides
    inner join {{ ref('int_billing__business_day') }} as days
        on
            open_sides.company_id = days.company_id
            and open_sides.date = days.date
    left join billed
        on open_sides.line_key = billed.expected_billing_id
    where
        open_sides.open_qty > coalesce(billed.qty, 0)
        and (side = 'expected' or order_id is null or order_line is null)

),

pairs as (

    select
        expected.line_key as expected_key,
        invoiced.line_key as invoiced_key,
        expected.company_id,
        expected.party_id,
        expected.item_id,
        coalesce(invoiced.shipment_id, invoiced.order_id, invoiced.customer_po) as reference,
        invoiced.source_system,
        invoiced.invoice_id,
        invoiced.invoice_line,
        least(expected.open_qty, invoiced.open_qty) as matched_qty,
        invoiced.day_number - expected.day_number as distance,
        abs(invoiced.place - expected.place) as displacement
    from sides as expected
    inner join sides as invoiced
        on
            expected.company_id = invoiced.company_id
            and expected.item_id = invoiced.item_id
            and expected.party_id = invoiced.party_id
    cross join settings
    inner join {{ ref('int_billing__tolerance') }} as tolerances
        on expected.company_id = tolerances.company_id
    where
        expected.side = 'expected'
        and invoiced.side = 'invoiced'
        and case
            when invoiced.shipment_id is not null then expected.shipment_id = invoiced.shipment_id
            when invoiced.order_id is not null then expected.order_id = invoiced.order_id
            else expected.customer_po = invoiced.customer_po
        end
        and abs(invoiced.open_qty - expected.open_qty)
        <= greatest(
            coalesce(expected.own_qty_abs, tolerances.qty_abs),
            expected.open_qty * coalesce(expected.own_qty_pct, tolerances.qty_pct) * 0.01
        )
        and {{ days_between('expected.date', 'invoiced.date') }}
        between -settings.early_days and settings.late_days

),

paired as (

    {{ steady_pairs('pairs', ['company_id', 'party_id', 'item_id', 'reference']) }}

)

select
    expected_key as expected_billing_id,
    company_id,
    source_system,
    invoice_id,
    invoice_line,
    'M3' as match_level,
    cast(matched_qty as decimal(18, 6)) as matched_qty
from paired
