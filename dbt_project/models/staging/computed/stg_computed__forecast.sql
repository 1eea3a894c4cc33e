-- rendered from models/contracts/computed.py; edit there
select
    company_id,
    item_id,
    location_id,
    forecaster,
    origin_date,
    horizon_days,
    forecast_mean,
    forecast_q50,
    forecast_q90,
    sigma,
    is_champion,
    backtest_pinball
from {{ source('computed', 'forecast') }}
