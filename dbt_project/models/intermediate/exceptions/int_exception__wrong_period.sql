-- Ruling D5: an invoice posted in a period before control passed, or after the period in which its
-- grace ended. Billing ahead that a rule of the calendar allows is none.

with

periods as (

    select company_id, date, fiscal_year * 100 + fiscal_period as period
    from {{ ref('int_master__calendar_day') }}

),

prebilling as (

    select *
    from {{ ref('int_policy__billing_rule') }}
    where trigger = 'calendar' and charge_type is null

),

billed as (

    select
        matches.company_id,
        matches.source_system,
        matches.invoice_id,
        matches.invoice_line,
        matches.matched_amount,
        lines.expected_billing_id,
        lines.party_id,
        lines.customer_code,
        lines.item_id,
        lines.location_id,
        lines.order_id,
        lines.order_line,
        lines.order_type,
        lines.channel,
        lines.shipment_id,
        lines.shipment_line,
        invoice_lines.posting_date,
        invoice_lines.created_at,
        {{ local_date('lines.transferred_at', 'lines.timezone') }} as transfer_date,
        {{ local_date('lines.grace_until_at', 'lines.timezone') }} as limit_date
    from {{ ref('int_billing__match') }} as matches
    inner join {{ ref('int_billing__billing_state') }} as lines
        on matches.expected_billing_id = lines.expected_billing_id
    inner join {{ ref('int_billing__invoice_line') }} as invoice_lines
        on
            matches.company_id = invoice_lines.company_id
            and matches.source_system = invoice_lines.source_system
            and matches.invoice_id = invoice_lines.invoice_id
            and matches.invoice_line = invoice_lines.invoice_line
    where lines.transferred_at is not null

),

placed as (

    select
        billed.*,
        invoice_periods.period as invoice_period,
        transfer_periods.period as transfer_period,
        greatest(transfer_periods.period, coalesce(limit_periods.period, transfer_periods.period))
            as limit_period
    from billed
    inner join periods as invoice_periods
        on
            billed.company_id = invoice_periods.company_id
            and billed.posting_date = invoice_periods.date
    inner join periods as transfer_periods
        on
            billed.company_id = transfer_periods.company_id
            and billed.transfer_date = transfer_periods.date
    left join periods as limit_periods
        on
            billed.company_id = limit_periods.company_id
            and billed.limit_date = limit_periods.date

),

shifted as (

    select placed.*
    from placed
    where
        placed.invoice_period > placed.limit_period
        or (
            placed.invoice_period < placed.transfer_period
            and not exists (
                select 1
                from prebilling
                where
                    prebilling.company_id = placed.company_id
                    and coalesce(prebilling.order_type, placed.order_type) = placed.order_type
                    and coalesce(prebilling.channel, placed.channel, '')
                    = coalesce(placed.channel, '')
                    and coalesce(prebilling.party_code, placed.customer_code, '')
                    in (coalesce(placed.customer_code, ''), coalesce(placed.party_id, ''))
            )
        )

)

select
    'INVOICE_WRONG_PERIOD' as code,
    company_id,
    concat_ws('|', source_system, invoice_id, invoice_line) as business_key,
    cast(null as varchar) as root_exception_id,
    min(party_id) as party_id,
    min(item_id) as item_id,
    min(location_id) as location_id,
    min(order_id) as order_id,
    min(order_line) as order_line,
    min(shipment_id) as shipment_id,
    min(shipment_line) as shipment_line,
    invoice_id,
    invoice_line,
    cast(null as varchar) as journal_id,
    cast(null as varchar) as journal_line,
    cast(null as varchar) as movement_id,
    cast(null as varchar) as receipt_id,
    cast(null as varchar) as purchase_order_id,
    min(created_at) as first_event_at,
    min(created_at) as detected_at,
    cast(sum(matched_amount) as decimal(18, 4)) as exposure_amount,
    case when min(invoice_period - transfer_period) < 0 then 'billed too early' else 'billed too late' end
        as exposure_basis,
    'posting period' as rule_id,
    {{ json_text([
        ('invoice_period', 'min(invoice_period)'),
        ('control_passed_in', 'min(transfer_period)'),
        ('grace_ended_in', 'min(limit_period)'),
        ('posting_date', 'min(posting_date)'),
        ('control_passed_on', 'min(transfer_date)'),
    ]) }} as evidence
from shifted
group by company_id, source_system, invoice_id, invoice_line
