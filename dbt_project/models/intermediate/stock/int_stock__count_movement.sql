{{ config(materialized='view') }}

-- Count differences said as stock movements, for locations that send documents only.
select
    source_system,
    company_id,
    concat('count ', count_id) as source_movement_id,
    count_line as source_movement_line,
    'count_adjust' as movement_type,
    item_code,
    counted_qty - book_qty as qty,
    uom,
    location_code,
    'available' as stock_status,
    coalesce(lot_number, '') as lot_number,
    count_at as event_at,
    approved_at as recorded_at,
    reason_code,
    _delivered_at as known_at,
    _source_file,
    _row_number
from {{ ref('stg_wms__count_line') }}
where counted_qty <> book_qty
