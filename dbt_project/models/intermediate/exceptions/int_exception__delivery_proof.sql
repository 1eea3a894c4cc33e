-- A rule that waits for a signature: POD_MISSING when none is there days after the promise (ruling
-- D17), POD_SHORT when less was accepted than had left. What was lost or refused is another matter.

with

run as (

    select * from {{ ref('int_control__run') }}

),

failed as (

    select company_id, shipment_id
    from {{ ref('stg_wms__delivery_event') }}
    where event_type in ('lost', 'refused', 'returned')
    group by company_id, shipment_id

),

lines as (

    select
        expected.*,
        case when expected.currency_doc = expected.company_currency then 1 else currency_days.rate end
            as rate,
        coalesce(
            expected.promised_delivery_at,
            {{ midnight_utc('cast(expected.promised_date + interval 1 day as date)', 'expected.timezone') }},
            expected.delivered_at, expected.ship_confirm_at
        ) + settings.pod_days * interval 1 day as proof_due_at
    from {{ ref('int_billing__expected_line') }} as expected
    cross join {{ ref('int_control__billing_setting') }} as settings
    left join failed
        on
            expected.company_id = failed.company_id
            and expected.shipment_id = failed.shipment_id
    left join {{ ref('int_ledger__currency_day') }} as currency_days
        on
            expected.company_id = currency_days.company_id
            and expected.currency_doc = currency_days.from_currency
            and expected.ship_date = currency_days.date
    where
        expected.rule_trigger = 'deliver'
        and expected.event_type is null
        and expected.suppressed_reason is null
        and expected.ship_confirm_at is not null
        and failed.shipment_id is null

),

judged as (

    select
        lines.*,
        case
            when
                lines.trigger_at is null and lines.is_signature_needed and lines.signed_at is null
                and lines.proof_due_at < run.as_of_at
                then 'POD_MISSING'
            when lines.qty_delivered < lines.line_qty then 'POD_SHORT'
        end as code
    from lines
    cross join run

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
    ship_confirm_at as first_event_at,
    case when code = 'POD_MISSING' then proof_due_at else coalesce(signed_at, delivered_at) end
        as detected_at,
    coalesce(
        cast(
            case
                when code = 'POD_MISSING' then expected_amount_doc * rate
                when trigger_qty <> 0
                    then
                        (qty_shipped - trigger_qty) * expected_qty / trigger_qty
                        * expected_unit_price_doc * rate
                else qty_shipped * expected_unit_price_doc * rate
            end as decimal(18, 4)
        ), 0
    ) as exposure_amount,
    'quantity not proven at the expected price' as exposure_basis,
    billing_rule_id as rule_id,
    {{ json_text([
        ('shipped', 'line_qty'),
        ('accepted', 'qty_delivered'),
        ('delivered_at', 'delivered_at'),
        ('signed_at', 'signed_at'),
        ('proof_due_at', 'proof_due_at'),
    ]) }} as evidence
from judged
where code is not null
