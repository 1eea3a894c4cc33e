-- rendered from models/contracts/computed.py; edit there
select
    company_id,
    costing_method,
    item_id,
    cost_pool_id,
    layer_number,
    is_policy_method,
    policy_id,
    layer_id,
    received_at,
    qty_received,
    qty_remaining,
    unit_cost,
    value_remaining,
    is_on_the_way
from {{ source('computed', 'cost_layer') }}
