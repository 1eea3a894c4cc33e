-- Mean closing stock of the last days. A piece that came so many days ago has been in as many
-- closings, its own day's among them, and in no more than there are days.
with

companies as (

    select * from {{ ref('int_master__company') }}

),

settings as (

    select * from {{ ref('int_control__stock_setting') }}

),

lasting as (

    select
        legs.company_id,
        legs.item_id,
        legs.location_id,
        legs.qty_change,
        settings.stock_window_days,
        least(
            {{ days_between('legs.event_date', 'companies.as_of_date') }} + 1,
            settings.stock_window_days
        ) as closings
    from {{ ref('int_stock__leg') }} as legs
    inner join {{ ref('stock_state') }} as states
        on legs.stock_state = states.stock_state
    inner join companies
        on legs.company_id = companies.company_id
    cross join settings
    where states.is_pickable

),

added as (

    select
        company_id,
        item_id,
        location_id,
        cast(sum(qty_change) as decimal(18, 6)) as stock_qty,
        cast(sum(qty_change * closings) as decimal(18, 6)) as closings_qty,
        cast(max(stock_window_days) as decimal(18, 0)) as days
    from lasting
    group by company_id, item_id, location_id

)

select
    company_id,
    item_id,
    location_id,
    stock_qty,
    {{ divide_exact('closings_qty', 'days', 6, by_scale=0) }} as average_qty
from added
