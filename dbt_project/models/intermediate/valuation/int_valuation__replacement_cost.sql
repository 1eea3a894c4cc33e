-- What a piece of an item cost when it was last bought, else its own cost: what planning reckons
-- with. The value of stock is another thing, and planning does not wait for it.
with

bought as (

    select
        movements.company_id,
        movements.item_id,
        {{ divide_exact('costs.cost_amount', 'costs.qty_base', 8, from_scale=4) }} as unit_cost,
        row_number() over (
            partition by movements.company_id, movements.item_id
            order by movements.posting_date desc, movements.event_at desc, movements.event_id desc
        ) as recency
    from {{ ref('int_valuation__pool_movement') }} as movements
    inner join {{ ref('int_valuation__arrival_cost') }} as costs
        on
            movements.company_id = costs.company_id
            and movements.event_id = costs.event_id
    where costs.cost_amount is not null and costs.qty_base > 0

),

companies as (

    select * from {{ ref('int_master__company') }}

),

known as (

    select
        known_costs.company_id,
        known_costs.item_id,
        known_costs.unit_cost,
        row_number() over (
            partition by known_costs.company_id, known_costs.item_id
            order by known_costs.cost_type
        ) as preference
    from {{ ref('int_valuation__known_cost') }} as known_costs
    inner join companies
        on
            known_costs.company_id = companies.company_id
            and companies.as_of_date between known_costs.valid_from and known_costs.valid_to

)

select
    items.company_id,
    items.item_id,
    coalesce(bought.unit_cost, known.unit_cost) as unit_cost
from {{ ref('int_master__item') }} as items
left join bought
    on
        items.company_id = bought.company_id
        and items.item_id = bought.item_id
        and bought.recency = 1
left join known
    on
        items.company_id = known.company_id
        and items.item_id = known.item_id
        and known.preference = 1
where coalesce(bought.unit_cost, known.unit_cost) is not null
