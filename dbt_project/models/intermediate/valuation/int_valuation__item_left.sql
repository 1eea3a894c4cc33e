select
    company_id,
    item_id,
    costing_method,
    is_policy_method,
    cast(sum(qty_remaining) as decimal(18, 6)) as qty,
    cast(sum(value_remaining) as decimal(18, 4)) as value_amount
from {{ ref('stg_computed__cost_layer') }}
group by company_id, item_id, costing_method, is_policy_method
