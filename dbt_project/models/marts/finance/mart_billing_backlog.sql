with

lines as (

    select * from {{ ref('fct_expected_billing') }}

),

paces as (      -- what a company bills a month, the measure of what lies before it

    select company_id, sum(actual_amount) as billed_amount
    from lines
    where last_invoiced_at > as_of_at - interval 30 day and last_invoiced_at <= as_of_at
    group by company_id

),

told as (

    select
        lines.*,
        billing_state in ('billed', 'disputed', 'paid') as is_billed,
        case
            when billing_state = 'blocked' then blocked_by
            when billing_state = 'not_triggered' then coalesce(waits_for, 'no trigger yet')
            when billing_state = 'unknown_waiting_for_data' then 'invoice feed is behind'
            when billing_state = 'suppressed' then suppressed_reason
            when billing_state in ('ready', 'exported') and is_overdue then 'past its time'
            when billing_state in ('ready', 'exported') then 'inside its time'
            else 'billed'
        end as driver,
        {{ days_between('cast(coalesce(trigger_at, ship_confirm_at, as_of_at) as date)', 'cast(as_of_at as date)') }}
            as age_days,
        {{ days_between('cast(ship_confirm_at as date)', 'cast(last_invoiced_at as date)') }} * 24
        + extract(hour from last_invoiced_at) - extract(hour from ship_confirm_at) as hours_to_invoice
    from lines

),

bucketed as (

    select
        told.*,
        paces.billed_amount as month_billed_amount,
        case
            when is_billed or billing_state = 'suppressed' then ''
            when age_days <= 1 then '0-1'
            when age_days <= 7 then '2-7'
            when age_days <= 30 then '8-30'
            when age_days <= 60 then '31-60'
            else 'over 60'
        end as age_bucket
    from told
    left join paces
        on told.company_id = paces.company_id

)

select
    bucketed.company_id,
    bucketed.billing_state,
    bucketed.driver,
    coalesce(bucketed.location_id, '') as location_id,
    coalesce(bucketed.party_id, '') as party_id,
    bucketed.age_bucket,

    count(*) as line_count,
    cast(sum(case when bucketed.is_overdue then 1 else 0 end) as bigint) as overdue_count,
    cast(max(case when bucketed.age_bucket <> '' then bucketed.age_days end) as bigint)
        as oldest_days,
    cast(sum(case when bucketed.age_bucket <> '' then bucketed.open_amount else 0 end) as decimal(18, 4))
        as open_amount,
    {{ divide_exact(
        "sum(case when bucketed.age_bucket <> '' then bucketed.open_amount else 0 end) * 30",
        'max(bucketed.month_billed_amount)', 4, from_scale=4, by_scale=4
    ) }} as backlog_days,
    cast(sum(case when bucketed.is_billed then bucketed.actual_amount else 0 end) as decimal(18, 4))
        as billed_amount,
    cast(sum(case when bucketed.is_billed then bucketed.hours_to_invoice end) as bigint)
        as hours_to_invoice,
    cast(count(case when bucketed.is_billed then bucketed.hours_to_invoice end) as bigint)
        as timed_count,
    max(bucketed.currency) as currency,
    max(bucketed.as_of_at) as as_of_at,
    max(bucketed.watermark_at) as watermark_at
from bucketed
group by
    bucketed.company_id, bucketed.billing_state, bucketed.driver,
    coalesce(bucketed.location_id, ''), coalesce(bucketed.party_id, ''), bucketed.age_bucket
