with

exceptions as (

    select * from {{ ref('fct_exception') }}
    where leakage_category is not null and leakage_category <> ''

),

billing_lines as (

    select * from {{ ref('fct_expected_billing') }}

),

run as (

    select company_id, min(as_of_at) as as_of_at, min(watermark_at) as watermark_at
    from billing_lines
    group by company_id

),

late as (      -- billed after all: inside the grace it was timing, after it the leak was recovered

    select
        company_id,
        trigger_at,
        case when last_invoiced_at > grace_until_at then 'recovered' else 'timing' end as outcome,
        actual_amount
    from billing_lines
    where billing_state = 'billed' and last_invoiced_at > due_by_at

),

stacked as (

    select
        exceptions.company_id,
        exceptions.leakage_category,
        cast(date_trunc('month', exceptions.first_event_at) as date) as month_start_date,
        1 as found_count,
        exceptions.exposure_amount as open_amount,
        0 as timing_amount,
        0 as recovered_amount,
        1 as open_count
    from exceptions
    union all
    select
        company_id, 'L1', cast(date_trunc('month', trigger_at) as date),
        1, 0,
        case when outcome = 'timing' then actual_amount else 0 end,
        case when outcome = 'recovered' then actual_amount else 0 end,
        0
    from late

)

select
    stacked.company_id,
    stacked.leakage_category,
    categories.category_name,
    stacked.month_start_date,
    cast(sum(stacked.found_count) as bigint) as found_count,
    cast(
        sum(stacked.open_amount + stacked.timing_amount + stacked.recovered_amount)
        as decimal(18, 4)
    ) as found_amount,
    cast(sum(stacked.timing_amount) as decimal(18, 4)) as cleared_by_timing_amount,
    cast(sum(stacked.recovered_amount) as decimal(18, 4)) as recovered_amount,
    -- nobody has told us of a write-off yet: not known, which is not zero
    cast(null as decimal(18, 4)) as written_off_amount,
    cast(sum(stacked.open_count) as bigint) as open_count,
    cast(sum(stacked.open_amount) as decimal(18, 4)) as open_amount,
    max(companies.currency) as currency,
    max(run.as_of_at) as as_of_at,
    max(run.watermark_at) as watermark_at
from stacked
inner join {{ ref('leakage_category') }} as categories
    on stacked.leakage_category = categories.leakage_category
left join {{ ref('int_master__company') }} as companies
    on stacked.company_id = companies.company_id
left join run
    on stacked.company_id = run.company_id
group by
    stacked.company_id, stacked.leakage_category, categories.category_name,
    stacked.month_start_date
