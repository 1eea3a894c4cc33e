-- rendered from models/contracts/computed.py; edit there
select
    company_id,
    costing_method,
    item_id,
    event_id,
    code,
    is_policy_method,
    policy_id,
    movement_id,
    posting_date,
    qty_base,
    amount
from {{ source('computed', 'cost_flag') }}
