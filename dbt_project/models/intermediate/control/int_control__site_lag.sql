-- Of all that moves stock at a place, whatever the feed: how late the place is seen.
with

lags as (

    select * from {{ ref('int_control__event_lag') }}

),

stock_lags as (

    select * from lags
    where
        location_id <> ''
        and feed in ('wms_stock_movement', 'wms_receipt_line', 'wms_shipment', 'wms_count_line')

)

{% for step in ['recorded', 'loaded'] %}
    select
        company_id,
        location_id,
        '{{ step }}' as lag_step,
        cast(count({{ step }}_seconds) as bigint) as measured_events,
        cast(percentile_disc(0.95) within group (order by {{ step }}_seconds) as bigint) as p95_seconds,
    {{ divide_exact(
        'cast(percentile_disc(0.95) within group (order by ' ~ step ~ '_seconds) as decimal(18, 0))',
        'cast(86400 as decimal(18, 0))', 6, from_scale=0, by_scale=0
    ) }} as p95_days
    from stock_lags
    where {{ step }}_seconds is not null
    group by company_id, location_id
    {{ 'union all' if not loop.last }}
{% endfor %}
