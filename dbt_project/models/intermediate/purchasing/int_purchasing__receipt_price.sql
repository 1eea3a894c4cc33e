{{ config(materialized='view') }}

-- What a receipt line owes apart from what stock takes it in at: kept at standard it owes its price,
-- and what only its bill values owes what its order says.
with

standard_moves as (      -- kept at standard: what is owed is the price, not the value

    select company_id, event_id
    from {{ ref('stg_computed__cost_entry') }}
    where is_policy_method and costing_method = 'standard' and entry_kind = 'receipt'
    group by company_id, event_id

),

priced as (

    select
        movements.company_id,
        coalesce(movements.receipt_id, movements.movement_id) as receipt_id,
        coalesce(
            movements.receipt_line,
            case when movements.receipt_id is null then movements.movement_line end,
            '1'
        ) as receipt_line,
        -- the value is none of its own: billed, or unknown
        max(
            case
                when coalesce(costs.cost_source, 'supplier invoice') = 'supplier invoice'
                    then 1
                else 0
            end
        ) = 1 as is_billed,
        sum(case when standard_moves.event_id is not null then costs.cost_amount end)
            as price_amount
    from {{ ref('int_valuation__pool_movement') }} as movements
    inner join {{ ref('int_valuation__arrival_cost') }} as costs
        on
            movements.company_id = costs.company_id
            and movements.event_id = costs.event_id
    left join standard_moves
        on
            movements.company_id = standard_moves.company_id
            and movements.event_id = standard_moves.event_id
    where movements.event_kind in ('receipt', 'arrival')
    group by
        movements.company_id,
        coalesce(movements.receipt_id, movements.movement_id),
        coalesce(
            movements.receipt_line,
            case when movements.receipt_id is null then movements.movement_line end,
            '1'
        )

)

select company_id, receipt_id, receipt_line, is_billed, price_amount
from priced
