-- How many counts a class of items is due at a place in a period: every item that lies there now,
-- as often a year as its class is counted. Companies that send no counts have no plan to keep.

with

settings as (

    select * from {{ ref('int_control__stock_setting') }}

),

items as (

    select * from {{ ref('int_master__item') }}

),

states as (

    select * from {{ ref('stock_state') }}
    where is_physical

),

counting as (

    select
        company_id,
        min(count_date) as first_count_date
    from {{ ref('int_stock__counted_line') }}
    group by company_id

),

stocked as (

    select legs.company_id, legs.location_id, legs.item_id
    from {{ ref('int_stock__leg') }} as legs
    inner join states
        on legs.stock_state = states.stock_state
    group by legs.company_id, legs.location_id, legs.item_id
    having sum(legs.qty_change) > 0

),

classes as (

    select
        stocked.company_id,
        stocked.location_id,
        coalesce(upper(items.abc_class), '') as abc_class,
        count(*) as item_count
    from stocked
    left join items
        on
            stocked.company_id = items.company_id
            and stocked.item_id = items.item_id
    group by stocked.company_id, stocked.location_id, coalesce(upper(items.abc_class), '')

),

periods as (

    select
        days.company_id,
        days.fiscal_year,
        days.fiscal_period
    from {{ ref('int_master__calendar_day') }} as days
    inner join {{ ref('int_master__company') }} as companies
        on days.company_id = companies.company_id
    inner join counting
        on
            days.company_id = counting.company_id
            and days.date between counting.first_count_date and companies.as_of_date
    group by days.company_id, days.fiscal_year, days.fiscal_period

)

select
    classes.company_id,
    classes.location_id,
    classes.abc_class,
    periods.fiscal_year,
    periods.fiscal_period,
    classes.item_count,
    -- an item without a class is counted as often as one of class A
    cast(
        ceil(
            classes.item_count * case classes.abc_class
                when 'B' then settings.counts_b
                when 'C' then settings.counts_c
                else settings.counts_a
            end / 12.0
        ) as bigint
    ) as due_counts
from classes
inner join periods
    on classes.company_id = periods.company_id
cross join settings
