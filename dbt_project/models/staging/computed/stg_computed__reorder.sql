-- rendered from models/contracts/computed.py; edit there
select
    company_id,
    item_id,
    location_id,
    reorder_point,
    safety_stock,
    order_up_to,
    lead_time_days,
    lead_time_sd_days,
    review_days,
    service_target,
    service_kind,
    holding_rate,
    demand_mean_daily,
    demand_sd_daily,
    forecaster,
    policy_id,
    policy_valid_from,
    reason,
    origin_date
from {{ source('computed', 'reorder') }}
