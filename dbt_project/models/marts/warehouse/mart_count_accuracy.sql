with

run as (

    select * from {{ ref('int_control__run') }}

),

days as (

    select * from {{ ref('int_master__calendar_day') }}

),

stacked as (

    select
        counted.company_id, counted.location_id, counted.abc_class,
        days.fiscal_year, days.fiscal_period,
        1 as counted_lines,
        case when counted.is_within_tolerance then 1 else 0 end as accurate_lines,
        counted.book_amount,
        abs(counted.variance_amount) as variance_amount,
        -counted.variance_amount as shrink_amount,
        case when counted.book_amount is null or counted.variance_amount is null then 1 else 0 end
            as unvalued_lines,
        0 as due_counts,
        0 as item_count
    from {{ ref('int_stock__counted_line') }} as counted
    inner join days
        on
            counted.company_id = days.company_id
            and counted.count_date = days.date
    union all
    select
        company_id, location_id, abc_class, fiscal_year, fiscal_period,
        0, 0, 0, 0, 0, 0, due_counts, item_count
    from {{ ref('int_stock__count_plan') }}

),

added as (

    select
        company_id,
        location_id,
        abc_class,
        fiscal_year,
        fiscal_period,
        sum(counted_lines) as counted_lines,
        sum(accurate_lines) as accurate_lines,
        sum(coalesce(book_amount, 0)) as book_amount,
        sum(coalesce(variance_amount, 0)) as variance_amount,
        sum(coalesce(shrink_amount, 0)) as shrink_amount,
        sum(unvalued_lines) as unvalued_lines,
        sum(due_counts) as due_counts,
        sum(item_count) as item_count
    from stacked
    group by company_id, location_id, abc_class, fiscal_year, fiscal_period

)

select
    added.company_id,
    added.location_id,
    added.abc_class,
    added.fiscal_year,
    added.fiscal_period,

    cast(added.item_count as bigint) as item_count,
    cast(added.due_counts as bigint) as due_counts,
    cast(added.counted_lines as bigint) as counted_lines,
    cast(greatest(added.due_counts - added.counted_lines, 0) as bigint) as open_counts,
    cast(added.accurate_lines as bigint) as accurate_lines,
    {{ divide_exact(
        'cast(100 * added.accurate_lines as decimal(18, 0))',
        'cast(added.counted_lines as decimal(18, 0))', 2, from_scale=0, by_scale=0
    ) }} as accuracy_by_count_pct,

    cast(added.book_amount as decimal(18, 4)) as book_amount,
    cast(added.variance_amount as decimal(18, 4)) as variance_amount,
    -- never net: a surplus does not make up for what is missing
    100 - {{ divide_exact(
        'cast(100 * added.variance_amount as decimal(18, 4))',
        'cast(added.book_amount as decimal(18, 4))', 2, from_scale=4, by_scale=4
    ) }} as accuracy_by_value_pct,
    cast(added.shrink_amount as decimal(18, 4)) as shrink_amount,
    cast(added.unvalued_lines as bigint) as unvalued_lines,

    run.as_of_at,
    run.watermark_at
from added
cross join run
