select
    changes.company_id,
    changes.item_id,
    changes.location_id,
    changes.stock_state,
    changes.date,

    cast(changes.qty_now - changes.late_qty - changes.corrected_qty as decimal(18, 6))
        as qty_known_then,
    cast(changes.qty_now as decimal(18, 6)) as qty_known_now,
    cast(changes.late_qty + changes.corrected_qty as decimal(18, 6)) as difference_qty,
    cast(changes.late_qty as decimal(18, 6)) as late_qty,
    cast(changes.corrected_qty as decimal(18, 6)) as corrected_qty,
    cast(changes.late_moves as bigint) as late_moves,
    cast(changes.corrected_moves as bigint) as corrected_moves,

    changes.known_then_at,
    changes.last_known_at,
    run.as_of_at,
    run.watermark_at
from {{ ref('int_stock__restated_change') }} as changes
cross join {{ ref('int_control__run') }} as run
