-- What has come to nothing stays: what comes next adds to it, and nobody has to look at all that was.
select
    company_id,
    item_id,
    location_id,
    lot_number,
    stock_state,
    owner_id,
    cast(sum(qty_change) as decimal(18, 6)) as qty_base,
    min(event_at) as first_event_at,
    max(event_at) as last_event_at,
    cast(sum(leg_count) as bigint) as leg_count
from {{ ref('int_stock__leg') }}
group by company_id, item_id, location_id, lot_number, stock_state, owner_id
