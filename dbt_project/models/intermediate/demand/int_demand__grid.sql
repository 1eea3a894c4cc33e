with

companies as (

    select * from {{ ref('int_master__company') }}

),

demand_days as (

    select * from {{ ref('int_demand__day') }}
    where demand_qty <> 0

),

last_days as (

    -- Demand is known as far as the company's orders go: an extract that ends early says nothing of
    -- the days after it, and nothing is not zero.
    select
        demand_days.company_id,
        max(demand_days.date) as last_date
    from demand_days
    inner join companies
        on
            demand_days.company_id = companies.company_id
            and demand_days.date <= companies.as_of_date
            and demand_days.date <= companies.watermark_date
    group by demand_days.company_id

),

series as (

    select
        demand_days.company_id,
        demand_days.item_id,
        demand_days.location_id,
        min(demand_days.date) as first_date,
        max(last_days.last_date) as last_date
    from demand_days
    inner join last_days
        on
            demand_days.company_id = last_days.company_id
            and demand_days.date <= last_days.last_date
    group by demand_days.company_id, demand_days.item_id, demand_days.location_id

)

select
    company_id,
    item_id,
    location_id,
    {{ each_day('first_date', 'last_date') }} as date
from series
