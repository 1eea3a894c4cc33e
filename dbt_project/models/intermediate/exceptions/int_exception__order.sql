-- What an order says that billing must not follow or may not pass: a line changed after its goods had
-- left (ruling D18; what shipped stays what is expected), and a line on credit hold (D19).

with

order_lines as (

    select * from {{ ref('int_billing__order_line') }}

),

expected as (

    select
        states.*,
        count(*) over (partition by company_id, order_id, order_line) as line_count
    from {{ ref('int_billing__billing_state') }} as states
    where
        event_type is null and suppressed_reason is null and ship_confirm_at is not null
        and order_id is not null

),

changed as (

    select
        expected.*,
        order_lines.changed_at,
        order_lines.changed_by,
        order_lines.qty_ordered,
        order_lines.item_id as ordered_item_id,
        order_lines.order_unit_price_doc,
        abs(
            coalesce(
                case
                    when
                        order_lines.order_unit_price_doc is not null
                        and order_lines.uom = expected.uom and expected.price_problem is null
                        and abs(order_lines.order_unit_price_doc - expected.expected_unit_price_doc)
                        > greatest(
                            coalesce(expected.own_price_abs, tolerances.price_abs),
                            expected.expected_unit_price_doc
                            * coalesce(expected.own_price_pct, tolerances.price_pct) * 0.01
                        )
                        then
                            expected.expected_amount
                            - order_lines.order_unit_price_doc * expected.expected_qty
                            * coalesce(expected.currency_rate, 1)
                end,
                case
                    when order_lines.item_id <> expected.item_id then expected.expected_amount
                end,
                case
                    when
                        order_lines.qty_ordered - order_lines.qty_cancelled <> coalesce(
                            expected.qty_released,
                            case
                                when expected.line_count = 1 and order_lines.uom = expected.uom
                                    then expected.expected_qty
                            end
                        )
                        then (
                            order_lines.qty_ordered - order_lines.qty_cancelled
                            - coalesce(expected.qty_released, expected.expected_qty)
                        ) * expected.expected_unit_price
                end
            )
        ) as change_amount
    from expected
    inner join order_lines
        on
            expected.company_id = order_lines.company_id
            and expected.order_id = order_lines.order_id
            and expected.order_line = order_lines.order_line
            and expected.ship_confirm_at < order_lines.changed_at
    inner join {{ ref('int_billing__tolerance') }} as tolerances
        on expected.company_id = tolerances.company_id

)

select
    'ORDER_CHANGED_AFTER_SHIP' as code,
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
    changed_at as first_event_at,
    changed_at as detected_at,
    cast(change_amount as decimal(18, 4)) as exposure_amount,
    'what the change would move' as exposure_basis,
    'shipped before changed' as rule_id,
    {{ json_text([
        ('shipped_qty', 'expected_qty'),
        ('ordered_qty_now', 'qty_ordered'),
        ('expected_unit_price', 'expected_unit_price_doc'),
        ('order_unit_price_now', 'order_unit_price_doc'),
        ('item_now', 'ordered_item_id'),
        ('changed_by', 'changed_by'),
    ]) }} as evidence
from changed
where change_amount is not null
union all
select
    'CREDIT_HOLD', company_id, concat_ws('|', order_id, order_line), null,
    party_id, item_id, null, order_id, order_line, null, null, null, null, null, null, null, null, null,
    credit_hold_at, credit_hold_at, coalesce(open_amount, 0),
    'net amount of the order line', 'RC6',
    {{ json_text([
        ('hold_at', 'credit_hold_at'),
        ('held_until_at', 'held_until_at'),
        ('order_line_status', 'line_status'),
    ]) }}
from {{ ref('int_billing__credit_hold') }}
where is_on_hold
