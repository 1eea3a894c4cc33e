-- rendered from models/contracts/policy.py; edit there
with

latest as (

    {{ latest_version(
        relation=source('raw', 'policy_channel'),
        key=['source_system', 'company_id', 'channel', 'location_id', 'valid_from'],
    ) }}

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
