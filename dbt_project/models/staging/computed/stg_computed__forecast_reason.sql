-- rendered from models/contracts/computed.py; edit there
select
    company_id,
    item_id,
    location_id,
    step,
    origin_date,
    input,
    meaning,
    input_reading,
    factor,
    qty_after,
    horizon_days,
    forecast_version
from {{ source('computed', 'forecast_reason') }}
