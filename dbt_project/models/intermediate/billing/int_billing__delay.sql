-- From the moment at which an invoice could have begun to be written to the last invoice of the line.
-- Goods that a carrier took along have left, whatever the confirmation says: a confirmation that came
-- late is part of the delay and its first suspect.

with

lines as (

    select
        expected_billing_id, company_id, source_system, billing_rule_id, party_id, order_id,
        order_line, shipment_id, shipment_line, billable_event_id, event_type, item_id, location_id,
        channel, timezone, trigger_at, ship_confirm_at, left_at, last_invoiced_at,
        next_invoice_date, due_by_at, clock, due_hours, touched, actual_amount
    from {{ ref('int_billing__billing_state') }}
    where actual_qty > 0 and last_invoiced_at is not null and suppressed_reason is null

),

carried as (

    select events.company_id, events.shipment_id, min(events.event_at) as carried_at
    from {{ ref('stg_wms__delivery_event') }} as events
    cross join {{ ref('int_control__run') }} as run
    where events.event_at <= run.as_of_at
    group by events.company_id, events.shipment_id

),

begun as (

    select
        lines.*,
        lines.event_type is null
        and (lines.trigger_at is null or lines.trigger_at = lines.ship_confirm_at) as is_from_goods,
        -- a confirmation counts from the moment at which it could be read
        case
            when lines.ship_confirm_at is not null
                then greatest(
                    lines.ship_confirm_at, coalesce(shipments.recorded_at, lines.ship_confirm_at)
                )
        end as confirmed_at,
        least(coalesce(carried.carried_at, lines.left_at), lines.left_at) as goods_left_at,
        holds.credit_release_at
    from lines
    left join {{ ref('stg_wms__shipment') }} as shipments
        on
            lines.source_system = shipments.source_system
            and lines.company_id = shipments.company_id
            and lines.shipment_id = shipments.shipment_id
    left join carried
        on
            lines.company_id = carried.company_id
            and lines.shipment_id = carried.shipment_id
    left join {{ ref('int_billing__credit_hold') }} as holds
        on
            lines.company_id = holds.company_id
            and lines.order_id = holds.order_id
            and lines.order_line = holds.order_line

),

clocked as (      -- what is billed ahead has not waited

    select
        begun.*,
        least(
            case when is_from_goods then goods_left_at else coalesce(trigger_at, goods_left_at) end,
            last_invoiced_at
        ) as started_at
    from begun

),

measured as (      -- business time stands still on days off

    select
        clocked.*,
        {{ days_between(local_date('clocked.started_at', "'UTC'"), local_date('clocked.last_invoiced_at', "'UTC'")) }}
        * 86400 + {{ local_second('clocked.last_invoiced_at', "'UTC'") }}
        - {{ local_second('clocked.started_at', "'UTC'") }} as calendar_seconds,
        case
            when last_days.is_business_day
                then
                    (last_days.day_number - 1) * 86400
                    + {{ local_second('clocked.last_invoiced_at', 'clocked.timezone') }}
            else last_days.day_number * 86400
        end
        - case
            when first_days.is_business_day
                then
                    (first_days.day_number - 1) * 86400
                    + {{ local_second('clocked.started_at', 'clocked.timezone') }}
            else first_days.day_number * 86400
        end as business_seconds
    from clocked
    left join {{ ref('int_billing__business_day') }} as first_days
        on
            clocked.company_id = first_days.company_id
            and first_days.date = {{ local_date('clocked.started_at', 'clocked.timezone') }}
    left join {{ ref('int_billing__business_day') }} as last_days
        on
            clocked.company_id = last_days.company_id
            and last_days.date = {{ local_date('clocked.last_invoiced_at', 'clocked.timezone') }}

),

judged as (

    select
        measured.*,
        -- the customer's invoice day may be later than the clock of the rule
        case
            when next_invoice_date is not null and last_invoiced_at <= due_by_at then false
            when clock = 'business' then business_seconds > due_hours * 3600
            else calendar_seconds > due_hours * 3600
        end as is_late
    from measured

)

select
    judged.*,
    -- the step that took longer than all that came after it
    case
        when not judged.is_late then null
        when
            judged.is_from_goods
            and coalesce(
                judged.confirmed_at - judged.started_at > judged.last_invoiced_at - judged.confirmed_at,
                true
            )
            then 'SHIP_CONF_MISSING'
        when
            judged.credit_release_at between judged.started_at and judged.last_invoiced_at
            and judged.credit_release_at - judged.started_at
            > judged.last_invoiced_at - judged.credit_release_at
            then 'CREDIT_HOLD'
        when judged.next_invoice_date is not null then 'INVOICE_DAY'
        when judged.touched = 1 then 'MANUAL_INVOICE'
        else 'BILLING_QUEUE'
    end as delay_cause,
    touches.is_manual,
    touches.is_overridden,
    touches.has_exception
from judged
left join {{ ref('int_billing__touch') }} as touches
    on judged.expected_billing_id = touches.expected_billing_id
