select
    company_id,
    item_id,
    location_id,
    lot_number,
    stock_state,
    owner_id,
    cast(sum(qty_change) as decimal(18, 6)) as qty_base,
    min(event_at) as first_event_at,
    max(event_at) as last_event_at
from {{ ref('int_stock__leg') }}
group by company_id, item_id, location_id, lot_number, stock_state, owner_id
having sum(qty_change) <> 0
