-- What adds up to the measures of invoicing, by the day that each is counted on.
with

delays as (

    select * from {{ ref('fct_billing_delay') }}

),

timed as (

    select
        company_id, invoiced_date as date, location_id, party_id, channel,
        count(*) as line_count,
        sum(case when calendar_seconds <= 86400 then 1 else 0 end) as in_a_day,
        sum(case when business_seconds <= 86400 then 1 else 0 end) as in_a_business_day,
        count(business_seconds) as business_count,
        sum(case when is_late then 1 else 0 end) as late_count,
        count(is_late) as judged_count,
        sum(case when is_manual or is_overridden or has_exception then 0 else 1 end)
            as touchless_count
    from delays
    group by company_id, invoiced_date, location_id, party_id, channel

),

invoices as (

    select
        company_id, invoice_date as date, party_id,
        count(*) as invoice_count,
        sum(case when is_replacement then 0 else 1 end) as first_count,
        count(case when not is_replacement then error_reason end) as error_count,
        sum(dispute_count) as dispute_count,
        sum(case when creation_mode = 'manual' then 1 else 0 end) as manual_count,
        count(creation_mode) as told_count
    from {{ ref('fct_invoice') }}
    group by company_id, invoice_date, party_id

),

lines as (

    select * from {{ ref('fct_expected_billing') }}
    where billing_state <> 'suppressed'

),

shipped as (      -- by the day on which it became billable

    select
        company_id, cast(trigger_at as date) as date, location_id, party_id, channel,
        count(*) as line_count,
        sum(
            case when is_overdue and billing_state in ('ready', 'exported') then open_amount else 0 end
        ) as overdue_amount,
        sum(expected_amount) as expected_amount
    from lines
    where trigger_at is not null
    group by company_id, cast(trigger_at as date), location_id, party_id, channel

),

waiting as (      -- as the run finds it, beside what the last thirty days brought

    select
        company_id, cast(as_of_at as date) as date, location_id, party_id, channel,
        count(*) as line_count,
        sum(
            case
                when
                    trigger_at is not null
                    and billing_state in ('ready', 'exported', 'blocked', 'unknown_waiting_for_data')
                    then open_amount
                else 0
            end
        ) as open_amount,
        sum(
            case
                when last_invoiced_at > as_of_at - interval 30 day and last_invoiced_at <= as_of_at
                    then actual_amount
                else 0
            end
        ) as billed_amount
    from lines
    group by company_id, cast(as_of_at as date), location_id, party_id, channel

),

stacked as (

    select
        'invoiced_within_24_hours' as kpi_code, company_id, date, location_id, party_id, channel,
        cast(in_a_day as decimal(24, 6)) as numerator, cast(line_count as decimal(24, 6)) as denominator, line_count as row_count
    from timed
    union all
    select
        'invoiced_within_24_business_hours', company_id, date, location_id, party_id, channel,
        cast(in_a_business_day as decimal(24, 6)), cast(business_count as decimal(24, 6)), business_count
    from timed
    union all
    select
        'invoiced_late', company_id, date, location_id, party_id, channel,
        cast(late_count as decimal(24, 6)), cast(judged_count as decimal(24, 6)), judged_count
    from timed
    union all
    select
        'touchless', company_id, date, location_id, party_id, channel,
        cast(touchless_count as decimal(24, 6)), cast(line_count as decimal(24, 6)), line_count
    from timed
    union all
    select
        'invoice_error', company_id, date, null, party_id, null,
        cast(error_count as decimal(24, 6)), cast(first_count as decimal(24, 6)), first_count
    from invoices
    union all
    select
        'dispute', company_id, date, null, party_id, null,
        cast(dispute_count as decimal(24, 6)), cast(invoice_count as decimal(24, 6)), invoice_count
    from invoices
    union all
    select
        'manual_invoice', company_id, date, null, party_id, null,
        cast(manual_count as decimal(24, 6)), cast(told_count as decimal(24, 6)), told_count
    from invoices
    union all
    select
        'unbilled', company_id, date, location_id, party_id, channel,
        cast(overdue_amount as decimal(24, 6)), cast(expected_amount as decimal(24, 6)), line_count
    from shipped
    union all
    select
        'backlog_days', company_id, date, location_id, party_id, channel,
        cast(open_amount * 30 as decimal(24, 6)), cast(billed_amount as decimal(24, 6)), line_count
    from waiting

)

select
    stacked.company_id, stacked.kpi_code, stacked.date, coalesce(stacked.location_id, '') as location_id,
    coalesce(stacked.party_id, '') as party_id, coalesce(stacked.channel, '') as channel,
    stacked.numerator, stacked.denominator,
    cast(stacked.row_count as bigint) as row_count, run.as_of_at, run.watermark_at
from stacked
cross join {{ ref('int_control__run') }} as run
