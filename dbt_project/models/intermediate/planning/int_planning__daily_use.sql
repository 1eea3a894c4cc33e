with

companies as (

    select * from {{ ref('int_master__company') }}

),

settings as (

    select * from {{ ref('int_control__stock_setting') }}

)

select
    days.company_id,
    days.item_id,
    days.location_id,
    {{ divide_exact(
        'cast(sum(days.demand_qty) as decimal(18, 6))',
        'cast(max(settings.stock_window_days) as decimal(18, 0))', 6, by_scale=0
    ) }} as demand_mean_daily
from {{ ref('int_demand__day') }} as days
inner join companies
    on days.company_id = companies.company_id
cross join settings
where
    {{ days_between('days.date', 'companies.as_of_date') }}
    between 0 and settings.stock_window_days - 1
group by days.company_id, days.item_id, days.location_id
