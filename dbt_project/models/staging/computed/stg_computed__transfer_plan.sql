-- rendered from models/contracts/computed.py; edit there
select
    company_id,
    item_id,
    from_location_id,
    to_location_id,
    qty,
    saving_amount,
    cost_amount,
    benefit_amount,
    surplus_qty,
    deficit_qty,
    stockout_date,
    latest_ship_date,
    lead_time_days,
    reason,
    origin_date,
    forecast_version
from {{ source('computed', 'transfer_plan') }}
