-- The steps in their order, each with the number that they have come to. Value is the running
-- quantity at cost, rounded, and a step the difference of two of them, so that the parts add up
-- exactly. What finance values otherwise than we do is the last step.
with

steps as (

    select * from {{ ref('bridge_step') }}

),

stacked as (

    select company_id, item_id, location_id, step, qty from {{ ref('int_bridge__stock_step') }}
    union all
    select company_id, item_id, location_id, step, qty from {{ ref('int_bridge__finance_step') }}

),

cells as (      -- an item at a place that anybody has a figure of

    select
        company_id,
        item_id,
        location_id
    from stacked
    group by company_id, item_id, location_id
    having max(abs(qty)) > 0

),

laid_out as (      -- the numbers and what is unexplained always stand there, other steps if they do

    select
        cells.company_id,
        cells.item_id,
        cells.location_id,
        steps.step,
        steps.step_number,
        steps.kind,
        coalesce(stacked.qty, 0) as qty
    from cells
    cross join steps
    left join stacked
        on
            cells.company_id = stacked.company_id
            and cells.item_id = stacked.item_id
            and cells.location_id = stacked.location_id
            and steps.step = stacked.step
    where
        steps.kind = 'number'
        or steps.step in ('unexplained', 'valuation_difference')
        or stacked.qty <> 0

),

running as (

    select
        *,
        cast(
            sum(case when kind = 'step' or step = 'sales_number' then qty else 0 end) over (
                partition by company_id, item_id, location_id
                order by step_number
                rows between unbounded preceding and current row
            ) as decimal(18, 6)
        ) as running_qty
    from laid_out

)

select
    running.company_id,
    running.item_id,
    running.location_id,
    running.step,
    running.step_number,
    running.kind,
    cast(running.qty as decimal(18, 6)) as qty,
    running.running_qty,
    item_costs.unit_cost,
    cast(round(running.running_qty * item_costs.unit_cost, 4) as decimal(18, 4))
        as running_cost_amount,
    bridge_cells.subledger_value_amount,
    coalesce(bridge_cells.finance_basis, case running.location_id when '' then 'subledger total' end)
        as finance_basis,
    bridge_cells.extract_date
from running
left join {{ ref('int_bridge__cell') }} as bridge_cells
    on
        running.company_id = bridge_cells.company_id
        and running.item_id = bridge_cells.item_id
        and running.location_id = bridge_cells.location_id
left join {{ ref('int_valuation__unit_cost') }} as item_costs
    on
        running.company_id = item_costs.company_id
        and running.item_id = item_costs.item_id
