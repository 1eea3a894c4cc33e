-- rendered from models/contracts/control.py; edit there
with

latest as (

    {{ latest_version(source('raw', 'control_access')) }}

)

select
    system_name,
    user_id,
    user_name,
    role_name,
    privilege,
    granted_date,
    last_used_at,
    mfa_enabled,
    is_generic,
    source_system,
    company_id,
    source_updated_at,
    is_deleted,
    _batch_id,
    _delivered_at,
    _source_file,
    _row_number
from latest
