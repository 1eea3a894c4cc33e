with

run as (

    select * from {{ ref('int_control__run') }}

),

steps as (

    select * from {{ ref('bridge_step') }}

),

partial_places as (      -- places without a module that their numbers need

    select
        company_id,
        location_id
    from {{ ref('int_control__coverage') }}
    where is_needed and not is_fed
    group by company_id, location_id

),

running as (

    select
        *,
        lag(running_cost_amount) over (
            partition by company_id, item_id, location_id
            order by step_number
        ) as earlier_cost_amount,
        -- without a value of its own finance values at our cost
        coalesce(subledger_value_amount, running_cost_amount) - running_cost_amount
            as other_cost_amount
    from {{ ref('int_bridge__running') }}

)

select
    running.company_id,
    running.item_id,
    running.location_id,
    running.step,
    running.step_number,
    running.kind as step_kind,

    running.qty,
    cast(
        case
            when running.step = 'finance_number'
                then coalesce(running.subledger_value_amount, running.running_cost_amount)
            when running.kind = 'number' then running.running_cost_amount
            when running.step = 'valuation_difference' then running.other_cost_amount
            else running.running_cost_amount - running.earlier_cost_amount
        end as decimal(18, 4)
    ) as value_amount,
    running.running_qty,
    cast(
        running.running_cost_amount
        + case
            when running.step in ('valuation_difference', 'finance_number')
                then running.other_cost_amount
            else 0
        end as decimal(18, 4)
    ) as running_value_amount,
    running.unit_cost,

    running.finance_basis,
    running.extract_date as finance_as_of_date,
    partial_places.location_id is not null as is_partial,
    case
        when running.step = 'unexplained' and running.qty <> 0
            then md5(concat_ws(
                '|', 'GL_UNEXPLAINED', running.company_id,
                concat_ws('|', 'bridge', running.item_id, running.location_id)
            ))
    end as exception_id,
    steps.meaning,

    run.as_of_at,
    run.watermark_at
from running
inner join steps
    on running.step = steps.step
left join partial_places
    on
        running.company_id = partial_places.company_id
        and running.location_id = partial_places.location_id
cross join run
