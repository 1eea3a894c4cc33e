{#- Whole seconds since midnight that a clock at `zone` showed at a UTC time. -#}
{% macro local_second(moment, zone) -%}
    {{ return(adapter.dispatch('local_second')(moment, zone)) }}
{%- endmacro %}

{% macro duckdb__local_second(moment, zone) -%}
    cast(
        extract(hour from timezone({{ zone }}, {{ moment }})) * 3600
        + extract(minute from timezone({{ zone }}, {{ moment }})) * 60
        + floor(extract(second from timezone({{ zone }}, {{ moment }}))) as bigint
    )
{%- endmacro %}

{% macro spark__local_second(moment, zone) -%}
    cast(
        hour(from_utc_timestamp({{ moment }}, {{ zone }})) * 3600
        + minute(from_utc_timestamp({{ moment }}, {{ zone }})) * 60
        + second(from_utc_timestamp({{ moment }}, {{ zone }})) as bigint
    )
{%- endmacro %}
