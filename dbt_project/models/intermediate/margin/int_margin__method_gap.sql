-- How much more each other method would have charged for an item in a period than the method that
-- posts; nothing where one of the two did not value the same issues.
with

costs as (

    select * from {{ ref('int_margin__method_cost') }}

),

posted as (

    select
        company_id, fiscal_year, fiscal_period, item_id,
        min(costing_method) as costing_method,
        sum(cost_amount) as cost_amount
    from costs
    where posted_entries > 0
    group by company_id, fiscal_year, fiscal_period, item_id
    having count(*) = 1

)

select
    posted.company_id,
    posted.fiscal_year,
    posted.fiscal_period,
    posted.item_id,
    posted.costing_method,
    costs.costing_method as compared_method,
    cast(costs.cost_amount - posted.cost_amount as decimal(18, 4)) as gap_amount
from posted
inner join costs
    on
        posted.company_id = costs.company_id
        and posted.fiscal_year = costs.fiscal_year
        and posted.fiscal_period = costs.fiscal_period
        and posted.item_id = costs.item_id
        and posted.costing_method <> costs.costing_method
