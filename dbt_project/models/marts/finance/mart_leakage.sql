with

run as (

    select * from {{ ref('int_control__run') }}

),

shipped as (

    select
        company_id,
        cast(date_trunc('month', trigger_at) as date) as month_start_date,
        cast(sum(expected_amount) as decimal(18, 4)) as amount
    from {{ ref('fct_expected_billing') }}
    where trigger_at is not null and billing_state <> 'suppressed'
    group by company_id, cast(date_trunc('month', trigger_at) as date)

),

late as (      -- billed after all: inside the grace it was timing, after it the leak was recovered

    select
        company_id,
        shipment_id,
        shipment_line,
        trigger_at,
        case when last_invoiced_at > grace_until_at then 'recovered' else 'timing' end as outcome,
        actual_amount
    from {{ ref('fct_expected_billing') }}
    where billing_state in ('billed', 'disputed', 'paid') and last_invoiced_at > due_by_at

),

documents as (      -- the last invoice or credit line that names a shipment line or an order line

    select
        company_id, 'shipment' as kind, shipment_id as id, shipment_line as line,
        max(created_at) as last_at
    from {{ ref('fct_invoice_line') }}
    group by company_id, shipment_id, shipment_line
    union all
    select company_id, 'order', order_id, order_line, max(created_at)
    from {{ ref('fct_invoice_line') }}
    group by company_id, order_id, order_line

),

leaks as (

    select
        exceptions.company_id,
        exceptions.leakage_category,
        exceptions.first_event_at,
        exceptions.exposure_amount,
        case
            -- to say that it is fixed is a promise that the data has to keep
            when exceptions.status <> 'resolved' or (exceptions.is_found and exceptions.resolution = 'fixed')
                then 'open'
            when exceptions.resolution = 'not_a_problem' then 'dismissed'
            when
                not exceptions.is_found
                and exceptions.detected_at < greatest(
                    coalesce(of_shipment.last_at, of_order.last_at),
                    coalesce(of_order.last_at, of_shipment.last_at)
                )
                then 'recovered'
            when exceptions.resolution in ('written_off', 'accepted') then 'written_off'
            else 'timing'
        end as outcome
    from {{ ref('fct_exception') }} as exceptions
    left join documents as of_shipment
        on
            of_shipment.kind = 'shipment'
            and exceptions.company_id = of_shipment.company_id
            and exceptions.shipment_id = of_shipment.id
            and exceptions.shipment_line = of_shipment.line
    left join documents as of_order
        on
            of_order.kind = 'order'
            and exceptions.company_id = of_order.company_id
            and exceptions.order_id = of_order.id
            and exceptions.order_line = of_order.line
    left join late
        on
            exceptions.company_id = late.company_id
            and case
                when exceptions.leakage_category = 'L1' and not exceptions.is_found then exceptions.shipment_id
            end = late.shipment_id
            and exceptions.shipment_line = late.shipment_line
    -- a line that was billed late is told by its invoice
    where exceptions.leakage_category <> '' and late.company_id is null

),

stacked as (

    select
        company_id,
        leakage_category,
        cast(date_trunc('month', first_event_at) as date) as month_start_date,
        outcome,
        exposure_amount as amount
    from leaks
    union all
    select company_id, 'L1', cast(date_trunc('month', trigger_at) as date), outcome, actual_amount
    from late

)

select
    stacked.company_id,
    stacked.leakage_category,
    categories.category_name,
    stacked.month_start_date,
    count(*) as found_count,
    cast(sum(stacked.amount) as decimal(18, 4)) as found_amount,
    cast(sum(case when stacked.outcome = 'timing' then stacked.amount else 0 end) as decimal(18, 4))
        as cleared_by_timing_amount,
    cast(sum(case when stacked.outcome = 'recovered' then stacked.amount else 0 end) as decimal(18, 4))
        as recovered_amount,
    cast(sum(case when stacked.outcome = 'written_off' then stacked.amount else 0 end) as decimal(18, 4))
        as written_off_amount,
    cast(sum(case when stacked.outcome = 'dismissed' then stacked.amount else 0 end) as decimal(18, 4))
        as dismissed_amount,
    cast(sum(case when stacked.outcome = 'open' then 1 else 0 end) as bigint) as open_count,
    cast(sum(case when stacked.outcome = 'open' then stacked.amount else 0 end) as decimal(18, 4))
        as open_amount,
    -- the same in every category, not to be summed
    max(shipped.amount) as shipped_amount,
    {{ divide_exact('sum(stacked.amount) * 100', 'max(shipped.amount)', 4, from_scale=4, by_scale=4) }} as found_pct,
    max(companies.currency) as currency,
    run.as_of_at,
    run.watermark_at
from stacked
cross join run
inner join {{ ref('leakage_category') }} as categories
    on stacked.leakage_category = categories.leakage_category
left join {{ ref('int_master__company') }} as companies
    on stacked.company_id = companies.company_id
left join shipped
    on
        stacked.company_id = shipped.company_id
        and stacked.month_start_date = shipped.month_start_date
group by
    stacked.company_id, stacked.leakage_category, categories.category_name,
    stacked.month_start_date, run.as_of_at, run.watermark_at
