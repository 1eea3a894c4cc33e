-- rendered from models/contracts/policy.py; edit there
with

latest as (

    {{ latest_version(source('raw', 'policy_channel')) }}

)

select
    channel,
    location_id,
    share_pct,
    protected_qty,
    use_safety_buffer,
    valid_from,
    valid_to,
    approved_by,
    approved_at,
    note,
    source_system,
    company_id,
    source_updated_at,
    is_deleted,
    _batch_id,
    _delivered_at,
    _source_file,
    _row_number
from latest
