-- rendered from models/contracts/policy.py; edit there
with

latest as (

    {{ latest_version(source('raw', 'policy_billing_rule')) }}

)

select
    billing_rule_id,
    priority,
    party_code,
    pod_required,
    order_type,
    valuation_class,
    fob_point,
    channel,
    charge_type,
    trigger,
    due_hours,
    clock,
    grace_hours,
    suppress_reason,
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
