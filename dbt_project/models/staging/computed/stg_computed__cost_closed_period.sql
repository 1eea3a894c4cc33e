-- rendered from models/contracts/computed.py; edit there
select
    company_id,
    costing_method,
    is_policy_method,
    fiscal_year,
    fiscal_period,
    start_date,
    end_date,
    closed_at,
    entry_count,
    cost_amount,
    cogs_amount,
    closed_period_hash
from {{ source('computed', 'cost_closed_period') }}
