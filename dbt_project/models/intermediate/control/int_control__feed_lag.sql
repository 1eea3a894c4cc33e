{%- set steps = ['recorded', 'loaded', 'posted'] -%}
-- A quantile is an event's own time: the shortest within which so many of all events were seen.
with

lags as (

    select * from {{ ref('int_control__event_lag') }}

),

wide as (

    select
        company_id,
        source_system,
        feed,
        location_id,
        event_type,
        count(*) as events,
    {%- for step in steps %}
        count({{ step }}_seconds) as {{ step }}_events,
        sum(case when {{ step }}_seconds < 0 then 1 else 0 end) as {{ step }}_before_event,
        percentile_disc(0.5) within group (order by {{ step }}_seconds) as {{ step }}_p50,
        percentile_disc(0.95) within group (order by {{ step }}_seconds) as {{ step }}_p95,
        max({{ step }}_seconds) as {{ step }}_longest{{ ',' if not loop.last }}
    {%- endfor %}
    from lags
    group by company_id, source_system, feed, location_id, event_type

)

{% for step in steps %}
    select
        company_id,
        source_system,
        feed,
        location_id,
        event_type,
        '{{ step }}' as lag_step,
        cast(events as bigint) as events,
        cast({{ step }}_events as bigint) as measured_events,
        cast({{ step }}_before_event as bigint) as events_before_event,
        cast({{ step }}_p50 as bigint) as p50_seconds,
        cast({{ step }}_p95 as bigint) as p95_seconds,
        cast({{ step }}_longest as bigint) as longest_seconds
    from wide
    where {{ step }}_events > 0
    {{ 'union all' if not loop.last }}
{% endfor %}
