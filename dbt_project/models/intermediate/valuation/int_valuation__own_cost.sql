-- What the item master says that a piece costs at as-of: the last cost, else the standard.
with

companies as (

    select * from {{ ref('int_master__company') }}

),

ranked as (

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
    company_id,
    item_id,
    unit_cost
from ranked
where preference = 1
