-- rendered from models/contracts/kept.py; edit there
select
    company_id,
    item_id,
    location_id,
    as_of_at,
    request,
    handed_at,
    policy_version,
    forecast_version,
    forecaster,
    segment,
    reorder_point,
    order_up_to,
    order_qty,
    advised_order_qty,
    override_ids,
    position_qty,
    forecast_mean,
    horizon_days,
    review_days,
    service_target
from {{ source('kept', 'handed_advice') }}
