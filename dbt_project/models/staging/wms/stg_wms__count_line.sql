-- rendered from models/contracts/wms.py; edit there
with

latest as (

    {{ latest_version(source('raw', 'wms_count_line')) }}

)

select
    count_id,
    count_line,
    count_type,
    count_at,
    item_code,
    location_code,
    bin_code,
    lot_number,
    book_qty,
    counted_qty,
    uom,
    recount_flag,
    adjustment_txn_id,
    reason_code,
    counted_by,
    approved_by,
    approved_at,
    source_system,
    company_id,
    source_updated_at,
    is_deleted,
    _batch_id,
    _delivered_at,
    _source_file,
    _row_number
from latest
