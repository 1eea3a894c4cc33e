-- The cost of what is shipped and not billed yet: what the billed part of it did not take.
with

taken as (

    select
        company_id, expected_billing_id,
        sum(cost_amount) as cost_amount, sum(late_amount) as late_amount,
        sum(ledger_amount) as ledger_amount,
        sum(freight_amount) as freight_amount, sum(handling_amount) as handling_amount
    from {{ ref('int_margin__cost_share') }}
    group by company_id, expected_billing_id

)

select
    costs.company_id,
    costs.expected_billing_id,
    costs.shipped_on,
    costs.costing_method,
    cast(costs.cost_amount - coalesce(taken.cost_amount, 0) as decimal(18, 4)) as cost_amount,
    cast(costs.late_amount - coalesce(taken.late_amount, 0) as decimal(18, 4)) as late_amount,
    cast(costs.ledger_amount - coalesce(taken.ledger_amount, 0) as decimal(18, 4)) as ledger_amount,
    cast(costs.freight_amount - coalesce(taken.freight_amount, 0) as decimal(18, 4))
        as freight_amount,
    cast(costs.handling_amount - coalesce(taken.handling_amount, 0) as decimal(18, 4))
        as handling_amount
from {{ ref('int_margin__expected_cost') }} as costs
left join taken
    on
        costs.company_id = taken.company_id
        and costs.expected_billing_id = taken.expected_billing_id
