with

run as (

    select * from {{ ref('int_control__run') }}

),

lags as (

    select * from {{ ref('int_control__lag_limit') }}

)

select
    lags.company_id,
    lags.source_system,
    lags.feed,
    lags.location_id,
    lags.event_type,
    lags.lag_step,

    lags.events,
    lags.measured_events,
    lags.events_before_event,
    {% for figure in ['p50', 'p95', 'longest'] -%}
    {{ divide_exact(
        'cast(lags.' ~ figure ~ '_seconds as decimal(18, 0))', 'cast(3600 as decimal(18, 0))',
        4, from_scale=0, by_scale=0
    ) }} as {{ figure }}_hours,
    {% endfor -%}
    lags.p95_limit_hours,
    lags.is_breach,

    run.as_of_at,
    run.watermark_at
from lags
cross join run
