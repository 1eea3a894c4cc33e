with

run as (

    select * from {{ ref('int_control__run') }}

),

comparisons as (

    select * from {{ ref('int_stock__snapshot_comparison') }}

)

select
    comparisons.company_id,
    comparisons.location_id,
    comparisons.source_item_code,
    comparisons.stock_state,
    comparisons.item_id,
    comparisons.snapshot_at,

    comparisons.ledger_qty,
    comparisons.snapshot_qty,
    comparisons.difference_qty,
    comparisons.is_listed,
    comparisons.check_status,

    run.as_of_at,
    run.watermark_at
from comparisons
cross join run
