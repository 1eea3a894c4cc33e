with

run as (

    select * from {{ ref('int_control__run') }}

),

expected as (

    select * from {{ ref('int_billing__expected_line') }}

),

due_times as (

    select * from {{ ref('int_billing__due_time') }}

),

currency_days as (

    select * from {{ ref('int_ledger__currency_day') }}

),

valued as (

    select
        expected.*,
        due_times.due_by_at,
        due_times.grace_until_at,
        due_times.next_invoice_date,
        coalesce(matched.actual_qty, 0) as actual_qty,
        coalesce(matched.actual_amount, 0) as actual_amount,
        matched.match_level,
        matched.last_invoiced_at,
        matched.touched,
        coalesce(returned.qty, 0) as returned_qty,
        case
            when expected.currency_doc = expected.company_currency then 1
            else currency_days.rate
        end as currency_rate,
        -- what is lost is worth what it was on the day on which it should have been billed
        case
            when expected.currency_doc = expected.company_currency then 1
            else coalesce(trigger_days.rate, currency_days.rate)
        end as trigger_rate
    from expected
    left join due_times
        on expected.expected_billing_id = due_times.expected_billing_id
    left join {{ ref('int_billing__billed_line') }} as matched
        on expected.expected_billing_id = matched.expected_billing_id
    left join {{ ref('int_billing__return_open') }} as returned
        on expected.expected_billing_id = returned.expected_billing_id
    left join currency_days
        on
            expected.company_id = currency_days.company_id
            and expected.currency_doc = currency_days.from_currency
            and expected.ship_date = currency_days.date
    left join currency_days as trigger_days
        on
            expected.company_id = trigger_days.company_id
            and expected.currency_doc = trigger_days.from_currency
            and trigger_days.date = {{ local_date('expected.trigger_at', 'expected.timezone') }}

),

opened as (

    select
        valued.*,
        blocks.condition_code as blocked_by,
        greatest(valued.expected_qty - valued.actual_qty - valued.returned_qty, 0) as open_qty,
        -- a difference inside the tolerance is no open quantity
        valued.expected_qty - valued.actual_qty - valued.returned_qty > greatest(
            coalesce(valued.own_qty_abs, tolerances.qty_abs),
            valued.expected_qty * coalesce(valued.own_qty_pct, tolerances.qty_pct) * 0.01
        ) as is_open,
        cast(valued.expected_unit_price_doc * valued.currency_rate as decimal(20, 8))
            as expected_unit_price,
        cast(valued.expected_amount_doc * valued.currency_rate as decimal(18, 4))
            as expected_amount,
        -- what is not due yet needs to be known as far as the run looks
        coalesce(
            watermarks.invoices_known_until >= least(valued.due_by_at, run.as_of_at), false
        ) as is_known
    from valued
    cross join run
    left join {{ ref('int_billing__tolerance') }} as tolerances
        on valued.company_id = tolerances.company_id
    left join {{ ref('int_billing__invoice_watermark') }} as watermarks
        on valued.company_id = watermarks.company_id
    left join {{ ref('int_billing__block') }} as blocks
        on
            valued.expected_billing_id = blocks.expected_billing_id
            and blocks.place = 1

)

select
    opened.*,
    case
        when opened.returned_qty > 0 and not opened.is_open and opened.actual_qty = 0
            then 'returned before it was billed'
    end as returned_reason,
    case
        when opened.actual_qty = 0 and opened.returned_qty = 0
            then cast(opened.expected_amount_doc * opened.trigger_rate as decimal(18, 4))
        when not opened.is_open then 0
        else cast(
            opened.open_qty * opened.expected_unit_price_doc * opened.trigger_rate as decimal(18, 4)
        )
    end as open_amount,
    -- what the customer wants on one invoice
    case
        when opened.next_invoice_date is not null
            then concat_ws('|', opened.party_id, opened.next_invoice_date)
        when opened.billing_cycle = 'daily'
            then concat_ws('|', opened.party_id, {{ local_date('opened.trigger_at', 'opened.timezone') }})
        when opened.billing_cycle = 'per_order' and opened.order_id is not null then opened.order_id
        else coalesce(opened.shipment_id, opened.order_id, opened.billable_event_id)
    end as invoice_group,
    opened.is_open and opened.is_known and opened.trigger_at is not null
    and coalesce(opened.grace_until_at < run.as_of_at, false) as is_overdue,
    case
        when opened.suppressed_reason is not null then 'suppressed'
        when opened.trigger_at is null and opened.actual_qty = 0 then 'not_triggered'
        when not opened.is_open and opened.actual_qty = 0 then 'suppressed'
        when not opened.is_open then 'billed'
        when opened.trigger_at is null then 'not_triggered'
        when not opened.is_known then 'unknown_waiting_for_data'
        when opened.blocked_by is not null then 'blocked'
        else 'ready'
    end as billing_state
from opened
cross join run
