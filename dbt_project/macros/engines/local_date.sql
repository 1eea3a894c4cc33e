{#- Calendar date that a clock at `zone` showed at a UTC time. -#}
{% macro local_date(moment, zone) -%}
    {{ return(adapter.dispatch('local_date')(moment, zone)) }}
{%- endmacro %}

{% macro duckdb__local_date(moment, zone) -%}
    cast(timezone({{ zone }}, {{ moment }}) as date)
{%- endmacro %}

{% macro spark__local_date(moment, zone) -%}
    to_date(from_utc_timestamp({{ moment }}, {{ zone }}))
{%- endmacro %}
