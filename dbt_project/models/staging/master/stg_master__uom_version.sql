-- rendered from models/contracts/master.py; edit there
select
    item_id,
    from_uom,
    to_uom,
    numerator,
    denominator,
    valid_from,
    valid_to,
    unece_code,
    source_system,
    company_id,
    source_updated_at,
    is_deleted,
    _batch_id,
    _delivered_at,
    _batch_seq,
    _source_file,
    _row_number,
    _row_hash
from {{ source('raw', 'master_uom') }}
