with

days as (

    select
        company_id,
        date,
        is_business_day,
        sum(case when is_business_day then 1 else 0 end) over (
            partition by company_id
            order by date
            rows between unbounded preceding and current row
        ) as day_number
    from {{ ref('int_master__calendar_day') }}

)

select
    company_id,
    date,
    is_business_day,
    cast(day_number as bigint) as day_number
from days
