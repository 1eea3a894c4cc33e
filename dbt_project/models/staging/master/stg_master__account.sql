-- rendered from models/contracts/master.py; edit there
with

latest as (

    {{ latest_version(source('raw', 'master_account')) }}

)

select
    account,
    account_name,
    account_type,
    account_role,
    is_control,
    match_item_class,
    match_location,
    parent_account,
    fs_caption,
    valid_from,
    valid_to,
    source_system,
    company_id,
    source_updated_at,
    is_deleted,
    _batch_id,
    _delivered_at,
    _source_file,
    _row_number
from latest
