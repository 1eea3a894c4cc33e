-- What adds up to the measures of stock, by day. The average value of a period times its days is the
-- sum of the values at the end of each day, so that a day adds its own value and no average is needed.
with

companies as (

    select * from {{ ref('int_master__company') }}

),

counted as (

    select
        company_id, count_date as date, location_id,
        count(*) as line_count,
        sum(case when is_within_tolerance then 1 else 0 end) as accurate_count,
        sum(coalesce(book_amount, 0)) as book_amount,
        sum(coalesce(abs(variance_amount), 0)) as variance_amount,
        sum(coalesce(-variance_amount, 0)) as shrink_amount
    from {{ ref('int_stock__counted_line') }}
    group by company_id, count_date, location_id

),

sold as (

    select
        company_id, date,
        sum(coalesce(revenue_amount, 0)) as revenue_amount,
        sum(coalesce(gross_margin_amount, 0)) as gross_margin_amount
    from {{ ref('fct_margin_line') }}
    group by company_id, date

),

moved as (

    select
        company_id, posting_date as date,
        sum(cost_amount) as change_amount,
        sum(coalesce(cogs_amount, 0)) as cogs_amount
    from {{ ref('fct_cost_entry') }}
    where is_policy_method
    group by company_id, posting_date

),

first_days as (

    select company_id, min(date) as date from moved
    group by company_id

),

daily as (

    select
        days.company_id,
        days.date,
        sum(coalesce(moved.change_amount, 0)) over (
            partition by days.company_id
            order by days.date
            rows between unbounded preceding and current row
        ) as value_amount,
        coalesce(moved.cogs_amount, 0) as cogs_amount,
        coalesce(sold.gross_margin_amount, 0) as gross_margin_amount
    from {{ ref('int_master__calendar_day') }} as days
    inner join first_days
        on
            days.company_id = first_days.company_id
            and days.date >= first_days.date
    inner join companies
        on
            days.company_id = companies.company_id
            and days.date <= companies.as_of_date
    left join moved
        on
            days.company_id = moved.company_id
            and days.date = moved.date
    left join sold
        on
            days.company_id = sold.company_id
            and days.date = sold.date

),

shrunk as (

    select company_id, date, sum(shrink_amount) as shrink_amount, 0 as revenue_amount
    from counted
    group by company_id, date
    union all
    -- a company that counts nothing has no shrinkage, and not none
    select sold.company_id, sold.date, 0, sold.revenue_amount
    from sold
    inner join (
        select company_id from counted
        group by company_id
    ) as counting
        on sold.company_id = counting.company_id

),

stacked as (

    select
        'count_accuracy' as kpi_code, company_id, date, location_id,
        cast(accurate_count as decimal(24, 6)) as numerator,
        cast(line_count as decimal(24, 6)) as denominator, line_count as row_count
    from counted
    union all
    select
        'count_value_accuracy', company_id, date, location_id,
        cast(book_amount - variance_amount as decimal(24, 6)), cast(book_amount as decimal(24, 6)),
        line_count
    from counted
    union all
    select
        'shrinkage', company_id, date, null,
        cast(sum(shrink_amount) as decimal(24, 6)), cast(sum(revenue_amount) as decimal(24, 6)), 1
    from shrunk
    group by company_id, date
    union all
    select
        'days_of_stock', company_id, date, null,
        cast(value_amount as decimal(24, 6)), cast(cogs_amount as decimal(24, 6)), 1
    from daily
    union all
    select
        'stock_turns', company_id, date, null,
        cast(365 * cogs_amount as decimal(24, 6)), cast(value_amount as decimal(24, 6)), 1
    from daily
    union all
    select
        'margin_on_stock', company_id, date, null,
        cast(365 * gross_margin_amount as decimal(24, 6)), cast(value_amount as decimal(24, 6)), 1
    from daily

)

select
    stacked.company_id, stacked.kpi_code, stacked.date,
    coalesce(stacked.location_id, '') as location_id,
    '' as party_id, '' as channel,
    stacked.numerator, stacked.denominator,
    cast(stacked.row_count as bigint) as row_count, run.as_of_at, run.watermark_at
from stacked
cross join {{ ref('int_control__run') }} as run
