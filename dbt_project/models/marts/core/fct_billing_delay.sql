select
    delays.expected_billing_id,
    delays.company_id,
    delays.billing_rule_id,
    delays.party_id,
    delays.order_id,
    delays.order_line,
    delays.shipment_id,
    delays.shipment_line,
    delays.billable_event_id,
    delays.item_id,
    delays.location_id,
    delays.channel,

    delays.started_at,
    delays.confirmed_at,
    delays.trigger_at,
    delays.last_invoiced_at,
    cast(delays.last_invoiced_at as date) as invoiced_date,

    cast(delays.calendar_seconds as bigint) as calendar_seconds,
    {{ divide_exact('cast(delays.calendar_seconds as decimal(18, 0))', 'cast(3600 as decimal(18, 0))', 4, 0, 0) }}
        as calendar_hours,
    cast(delays.business_seconds as bigint) as business_seconds,
    {{ divide_exact('cast(delays.business_seconds as decimal(18, 0))', 'cast(3600 as decimal(18, 0))', 4, 0, 0) }}
        as business_hours,
    delays.is_late,
    delays.delay_cause,
    delays.is_manual,
    delays.is_overridden,
    delays.has_exception,
    cast(delays.actual_amount as decimal(18, 4)) as actual_amount,

    run.as_of_at,
    run.watermark_at
from {{ ref('int_billing__delay') }} as delays
cross join {{ ref('int_control__run') }} as run
