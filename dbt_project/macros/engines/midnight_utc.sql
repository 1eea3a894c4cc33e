{#- UTC time at which a calendar date begins at `zone`. -#}
{% macro midnight_utc(day, zone) -%}
    {{ return(adapter.dispatch('midnight_utc')(day, zone)) }}
{%- endmacro %}

{% macro duckdb__midnight_utc(day, zone) -%}
    timezone({{ zone }}, cast({{ day }} as timestamp))
{%- endmacro %}

{% macro spark__midnight_utc(day, zone) -%}
    to_utc_timestamp(cast({{ day }} as timestamp), {{ zone }})
{%- endmacro %}
