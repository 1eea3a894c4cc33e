with

companies as (

    select * from {{ ref('int_master__company') }}

),

items as (

    select * from {{ ref('int_master__item') }}

),

receipt_costs as (

    select * from {{ ref('int_valuation__receipt_cost') }}

),

master_costs as (

    select * from {{ ref('int_valuation__master_cost') }}

),

averages as (

    select
        company_id,
        item_id,
        {{ divide_exact('sum(cost_amount)', 'sum(qty_base)', 8, from_scale=4) }} as unit_cost
    from receipt_costs
    where cost_amount is not null
    group by company_id, item_id

),

master_ranked as (      -- the last cost, then the standard; of the whole company before one location

    select
        master_costs.company_id,
        master_costs.item_id,
        master_costs.unit_cost,
        row_number() over (
            partition by master_costs.company_id, master_costs.item_id
            order by
                case master_costs.cost_type when 'last' then 0 else 1 end,
                master_costs.location_id
        ) as preference
    from master_costs
    inner join companies
        on
            master_costs.company_id = companies.company_id
            and companies.as_of_date between master_costs.valid_from and master_costs.valid_to

)

select
    items.company_id,
    items.item_id,
    coalesce(averages.unit_cost, master_ranked.unit_cost) as unit_cost,
    case when averages.unit_cost is not null then 'average of receipts' else 'item cost' end
        as cost_basis
from items
left join averages
    on
        items.company_id = averages.company_id
        and items.item_id = averages.item_id
left join master_ranked
    on
        items.company_id = master_ranked.company_id
        and items.item_id = master_ranked.item_id
        and master_ranked.preference = 1
where coalesce(averages.unit_cost, master_ranked.unit_cost) is not null
