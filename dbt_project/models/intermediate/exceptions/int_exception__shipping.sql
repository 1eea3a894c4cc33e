-- What the warehouse left unsaid or did otherwise: shipments that left unconfirmed, and order lines
-- of which more or less left than was ordered (the rest given up without saying so).

with

lines as (

    select
        expected.*,
        case when expected.currency_doc = expected.company_currency then 1 else currency_days.rate end
            as rate,
        sum(expected.shipped_base_qty) over order_line as shipped_total,
        max(expected.qty_released) over order_line as released_qty,
        row_number() over (
            partition by
                expected.company_id, expected.order_id, expected.order_line,
                expected.ship_confirm_at is null
            order by
                expected.ship_confirm_at desc, expected.shipment_id desc,
                length(expected.shipment_line), expected.shipment_line asc
        ) as from_last,
        min(case when expected.suppressed_reason is null then 1 else 0 end) over order_line as is_sold
    from {{ ref('int_billing__expected_line') }} as expected
    left join {{ ref('int_ledger__currency_day') }} as currency_days
        on
            expected.company_id = currency_days.company_id
            and expected.currency_doc = currency_days.from_currency
            and expected.ship_date = currency_days.date
    where
        expected.event_type is null
        and coalesce(expected.shipment_type, 'sale') not in ('transfer', 'rtv')
    window order_line as (
        partition by
            expected.company_id, expected.order_id, expected.order_line,
            expected.ship_confirm_at is null
    )

),

compared as (

    select
        lines.*,
        order_lines.line_status,
        -- more ordered after the goods had left is an edit of the order and no short shipment
        coalesce(
            order_lines.changed_at > lines.ship_confirm_at and lines.released_qty < lines.qty_wanted,
            false
        ) as is_raised_later,
        lines.qty_wanted * lines.unit_top / lines.unit_bottom as wanted_base_qty,
        lines.shipped_total - lines.qty_wanted * lines.unit_top / lines.unit_bottom as difference,
        greatest(
            coalesce(lines.own_qty_abs, tolerances.qty_abs),
            lines.qty_wanted * coalesce(lines.own_qty_pct, tolerances.qty_pct) * 0.01
        ) * lines.unit_top / lines.unit_bottom as tolerance
    from lines
    inner join {{ ref('int_billing__tolerance') }} as tolerances
        on lines.company_id = tolerances.company_id
    left join {{ ref('int_billing__order_line') }} as order_lines
        on
            lines.company_id = order_lines.company_id
            and lines.order_id = order_lines.order_id
            and lines.order_line = order_lines.order_line

),

judged as (

    select
        compared.*,
        case
            when ship_confirm_at is null then 'SHIP_CONF_MISSING'
            when difference > tolerance and is_sold = 1 then 'SHIP_OVER'
            when
                difference < -tolerance and from_last = 1 and is_sold = 1
                and not is_raised_later
                and line_status in ('shipped', 'billed', 'closed')
                then 'SHIP_SHORT'
        end as code
    from compared

)

select
    code,
    company_id,
    concat_ws('|', source_system, shipment_id, shipment_line) as business_key,
    cast(null as varchar) as root_exception_id,
    party_id,
    item_id,
    location_id,
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
    left_at as first_event_at,
    left_at as detected_at,
    coalesce(
        cast(
            case
                when code = 'SHIP_CONF_MISSING' then expected_amount_doc * rate
                else abs(difference) * unit_bottom / unit_top * expected_unit_price_doc * rate
            end as decimal(18, 4)
        ), 0
    ) as exposure_amount,
    'quantity at the expected price' as exposure_basis,
    'quantity tolerance' as rule_id,
    {{ json_text([
        ('ordered', 'wanted_base_qty'),
        ('shipped', 'shipped_total'),
        ('order_line_status', 'line_status'),
        ('left_at', 'left_at'),
    ]) }} as evidence
from judged
where code is not null
