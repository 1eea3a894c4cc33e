-- What a unit brings and costs at each place, as far as the last weeks and the receipts say.
with

companies as (

    select * from {{ ref('int_master__company') }}

),

settings as (

    select * from {{ ref('int_availability__setting') }}

),

item_costs as (

    select * from {{ ref('int_valuation__replacement_cost') }}

),

demand_days as (

    select * from {{ ref('int_demand__day') }}

),

priced as (

    select
        demand_days.company_id,
        demand_days.item_id,
        demand_days.location_id,
        sum(demand_days.net_amount) as net_amount,
        sum(demand_days.priced_qty) as priced_qty
    from demand_days
    inner join companies
        on demand_days.company_id = companies.company_id
    cross join settings
    where
        demand_days.date <= companies.as_of_date
        and {{ days_between('demand_days.date', 'companies.as_of_date') }}
        < settings.demand_window_days
    group by demand_days.company_id, demand_days.item_id, demand_days.location_id

),

per_item as (

    select
        company_id,
        item_id,
        sum(net_amount) as net_amount,
        sum(priced_qty) as priced_qty
    from priced
    group by company_id, item_id

),

places as (

    select company_id, item_id, location_id from demand_days
    union
    select company_id, item_id, location_id from {{ ref('int_planning__position') }}

)

select
    places.company_id,
    places.item_id,
    places.location_id,
    coalesce(
        {{ divide_exact('priced.net_amount', 'priced.priced_qty', 8, from_scale=4) }},
        {{ divide_exact('per_item.net_amount', 'per_item.priced_qty', 8, from_scale=4) }}
    ) as unit_price,
    item_costs.unit_cost
from places
left join priced
    on
        places.company_id = priced.company_id
        and places.item_id = priced.item_id
        and places.location_id = priced.location_id
left join per_item
    on
        places.company_id = per_item.company_id
        and places.item_id = per_item.item_id
left join item_costs
    on
        places.company_id = item_costs.company_id
        and places.item_id = item_costs.item_id
