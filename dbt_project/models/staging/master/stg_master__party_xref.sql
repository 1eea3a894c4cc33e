-- rendered from models/contracts/master.py; edit there
with

latest as (

    {{ latest_version(source('raw', 'master_party_xref')) }}

)

select
    party_code,
    party_role,
    party_id,
    valid_from,
    valid_to,
    approved_by,
    source_system,
    company_id,
    source_updated_at,
    is_deleted,
    _batch_id,
    _delivered_at,
    _source_file,
    _row_number
from latest
