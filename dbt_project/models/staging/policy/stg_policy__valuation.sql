-- rendered from models/contracts/policy.py; edit there
with

latest as (

    {{ latest_version(source('raw', 'policy_valuation')) }}

)

select
    policy_id,
    item_id,
    valuation_class,
    location_id,
    costing_method,
    cost_pool,
    average_period,
    negative_stock,
    backdating,
    late_cost,
    returned_layer,
    rounding_residual,
    same_day_order,
    is_comparison,
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
