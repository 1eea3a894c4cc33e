{{ config(materialized='view') }}

-- Moves of goods with their value: + where they enter our books or stay in them, - where they leave.
-- Steps that are only implied carry none, so that the value of a row is counted once.
select
    moves.*,
    cast(
        case
            when not moves.is_main then 0
            when moves.value_sign < 0 then -move_values.cost_amount
            else move_values.cost_amount
        end as decimal(18, 4)
    ) as movement_cost_amount,
    cast(
        case
            when moves.value_sign = 0 and (not moves.is_main or move_values.cost_amount is not null) then 0
            else moves.value_sign * move_values.cost_amount
        end as decimal(18, 4)
    ) as value_change_amount,
    move_values.cost_source
from {{ ref('int_stock__move') }} as moves
left join {{ ref('int_valuation__move_value') }} as move_values
    on
        moves.company_id = move_values.company_id
        and moves.move_id = move_values.move_id
