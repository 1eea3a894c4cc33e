-- What a piece of each item is worth at as-of: what is left over what it is worth, by the method that
-- posts; where nothing is left what it was worth last; where it never moved its own cost.
with

items as (

    select * from {{ ref('int_master__item') }}

),

left_over as (

    select
        company_id,
        item_id,
        {{ divide_exact('sum(value_remaining)', 'sum(qty_remaining)', 8, from_scale=4) }} as unit_cost
    from {{ ref('stg_computed__cost_layer') }}
    where is_policy_method
    group by company_id, item_id
    having sum(qty_remaining) > 0 and sum(value_remaining) >= 0

),

last_worth as (

    select
        company_id, item_id, unit_cost,
        row_number() over (partition by company_id, item_id order by date desc, location_id asc)
            as recency
    from {{ ref('int_valuation__unit_day') }}
    where unit_cost is not null

),

own_costs as (

    select * from {{ ref('int_valuation__own_cost') }}

)

select
    items.company_id,
    items.item_id,
    coalesce(left_over.unit_cost, last_worth.unit_cost, own_costs.unit_cost) as unit_cost,
    case
        when left_over.unit_cost is not null then 'costing engine'
        when last_worth.unit_cost is not null then 'last worth'
        else 'item cost'
    end as cost_basis
from items
left join left_over
    on
        items.company_id = left_over.company_id
        and items.item_id = left_over.item_id
left join last_worth
    on
        items.company_id = last_worth.company_id
        and items.item_id = last_worth.item_id
        and last_worth.recency = 1
left join own_costs
    on
        items.company_id = own_costs.company_id
        and items.item_id = own_costs.item_id
where coalesce(left_over.unit_cost, last_worth.unit_cost, own_costs.unit_cost) is not null
