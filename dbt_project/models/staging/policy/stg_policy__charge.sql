-- rendered from models/contracts/policy.py; edit there
with

latest as (

    {{ latest_version(source('raw', 'policy_charge')) }}

)

select
    charge_rule_id,
    charge_type,
    party_code,
    freight_terms,
    hazmat_only,
    basis,
    amount,
    markup_pct,
    currency,
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
