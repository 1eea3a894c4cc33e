-- How far counts scatter around the book, each variance as a share of what the book said: for a
-- class at a place, for the place, and for the company.
with

counted as (

    select
        company_id,
        location_id,
        abc_class,
        is_within_tolerance,
        case
            when book_qty_base <> 0
                then {{ divide_exact('variance_qty', 'book_qty_base', 6) }}
        end as relative_variance
    from {{ ref('int_stock__counted_line') }}

),

levels as (

    select *, location_id as of_location_id, abc_class as of_class from counted
    where abc_class <> ''
    union all
    select *, location_id, '' from counted
    union all
    select *, '', '' from counted

)

select
    company_id,
    of_location_id as location_id,
    of_class as abc_class,
    cast(count(relative_variance) as bigint) as counts,
    cast(sum(case when is_within_tolerance then 1 else 0 end) as bigint) as accurate_counts,
    -- a statistic and no quantity; its rounding hides in which order it was added up
    cast(round(stddev_pop(relative_variance), 6) as decimal(18, 6)) as variance_sd
from levels
where relative_variance is not null
group by company_id, of_location_id, of_class
