-- What lies at each place, and when it last went out.
with

companies as (

    select * from {{ ref('int_master__company') }}

),

states as (

    select * from {{ ref('stock_state') }}

),

legs as (

    select
        legs.company_id,
        legs.item_id,
        legs.location_id,
        legs.event_date,
        legs.qty_change
    from {{ ref('int_stock__leg') }} as legs
    inner join companies
        on
            legs.company_id = companies.company_id
            and legs.event_date <= companies.as_of_date
    inner join states
        on
            legs.stock_state = states.stock_state
            and states.is_physical
            and states.is_sellable_now

)

select
    legs.company_id,
    legs.item_id,
    legs.location_id,
    cast(sum(legs.qty_change) as decimal(18, 6)) as held_qty,
    max(case when legs.qty_change < 0 then legs.event_date end) as last_out_date,
    min(legs.event_date) as first_date,
    {{ days_between(
        'coalesce(max(case when legs.qty_change < 0 then legs.event_date end), min(legs.event_date))',
        'max(companies.as_of_date)'
    ) }} as idle_days
from legs
inner join companies
    on legs.company_id = companies.company_id
group by legs.company_id, legs.item_id, legs.location_id
