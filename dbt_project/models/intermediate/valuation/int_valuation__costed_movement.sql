{{ config(materialized='view') }}

-- rows of the stock ledger with the value of their quantity, always positive
select
    ledger_rows.*,
    move_values.cost_amount,
    move_values.cost_source
from {{ ref('int_stock__ledger_row') }} as ledger_rows
left join {{ ref('int_valuation__move_value') }} as move_values
    on
        ledger_rows.company_id = move_values.company_id
        and move_values.move_id = concat_ws(
            '/', ledger_rows.source_system, ledger_rows.company_id,
            ledger_rows.source_movement_id, ledger_rows.source_movement_line
        )
