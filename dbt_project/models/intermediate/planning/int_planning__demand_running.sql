-- What came up to each day, so that any stretch of days is the difference of two rows.
with

days as (

    select * from {{ ref('int_demand__item_day') }}

),

told as (

    select
        company_id,
        item_id,
        location_id,
        min(advised_on) as first_advised_on
    from {{ ref('int_planning__handed_advice') }}
    group by company_id, item_id, location_id

)

select
    days.company_id,
    days.item_id,
    days.location_id,
    days.date,
    sum(days.demand_qty) over running as demand_qty,
    sum(days.shipped_qty) over running as shipped_qty,
    sum(case when days.in_stock_share = 0 then 1 else 0 end) over running as out_of_stock_days,
    max(days.date) over (partition by days.company_id, days.item_id, days.location_id)
        as last_date
from days
inner join told
    on
        days.company_id = told.company_id
        and days.item_id = told.item_id
        and days.location_id = told.location_id
where days.date >= told.first_advised_on
window running as (
    partition by days.company_id, days.item_id, days.location_id
    order by days.date
    rows between unbounded preceding and current row
)
