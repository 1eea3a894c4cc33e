-- Misses of what goes out, per segment and origin: in the backtest of this run, and of forecasts that
-- were handed over and whose days are over.
select
    'backtest' as basis,
    company_id,
    segment,
    volume,
    forecaster,
    origin_date,
    cast(sum(lines) as bigint) as lines,
    sum(demand_qty) as demand_qty,
    sum(forecast_qty) as forecast_qty,
    sum(absolute_error_qty) as absolute_error_qty
from {{ ref('int_planning__accuracy') }}
where is_champion
group by company_id, segment, volume, forecaster, origin_date
union all
select
    'handed_over' as basis,
    company_id,
    coalesce(segment, 'unknown') as segment,
    'all' as volume,
    'all' as forecaster,
    advised_on as origin_date,
    count(*) as lines,
    sum(demand_qty) as demand_qty,
    sum(forecast_mean) as forecast_qty,
    sum(abs(forecast_mean - demand_qty)) as absolute_error_qty
from {{ ref('int_planning__advice_outcome') }}
where is_over and known_until = judged_until and demand_qty is not null and forecast_mean is not null
group by company_id, coalesce(segment, 'unknown'), advised_on
