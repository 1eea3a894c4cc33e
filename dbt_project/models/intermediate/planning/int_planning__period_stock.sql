-- Sellable stock at the end of every fiscal period, from the changes of each.
with

companies as (

    select * from {{ ref('int_master__company') }}

),

states as (

    select * from {{ ref('stock_state') }}

),

days as (

    select * from {{ ref('int_master__calendar_day') }}

),

periods as (

    select distinct
        days.company_id,
        days.fiscal_year,
        days.fiscal_period,
        days.period_start_date,
        days.period_end_date
    from days
    inner join companies
        on
            days.company_id = companies.company_id
            and days.date <= companies.as_of_date

),

changes as (

    select
        legs.company_id,
        legs.item_id,
        legs.location_id,
        days.period_start_date,
        sum(legs.qty_change) as qty_change
    from {{ ref('int_stock__leg') }} as legs
    inner join states
        on
            legs.stock_state = states.stock_state
            and states.is_sellable_now
    inner join days
        on
            legs.company_id = days.company_id
            and legs.event_date = days.date
    group by legs.company_id, legs.item_id, legs.location_id, days.period_start_date

),

places as (

    select
        company_id,
        item_id,
        location_id,
        min(period_start_date) as first_start_date
    from changes
    group by company_id, item_id, location_id

)

select
    places.company_id,
    places.item_id,
    places.location_id,
    periods.fiscal_year,
    periods.fiscal_period,
    periods.period_start_date,
    periods.period_end_date,
    cast(
        sum(coalesce(changes.qty_change, 0)) over (
            partition by places.company_id, places.item_id, places.location_id
            order by periods.period_start_date
            rows between unbounded preceding and current row
        ) as decimal(18, 6)
    ) as closing_qty
from places
inner join periods
    on
        places.company_id = periods.company_id
        and places.first_start_date <= periods.period_start_date
left join changes
    on
        places.company_id = changes.company_id
        and places.item_id = changes.item_id
        and places.location_id = changes.location_id
        and periods.period_start_date = changes.period_start_date
