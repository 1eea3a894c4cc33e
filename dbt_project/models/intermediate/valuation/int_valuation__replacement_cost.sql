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

own_costs as (

    select * from {{ ref('int_valuation__own_cost') }}

)

select
    items.company_id,
    items.item_id,
    coalesce(bought.unit_cost, own_costs.unit_cost) as unit_cost
from {{ ref('int_master__item') }} as items
left join bought
    on
        items.company_id = bought.company_id
        and items.item_id = bought.item_id
        and bought.recency = 1
left join own_costs
    on
        items.company_id = own_costs.company_id
        and items.item_id = own_costs.item_id
where coalesce(bought.unit_cost, own_costs.unit_cost) is not null
