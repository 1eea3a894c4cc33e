{#- Text of a JSON object from a list of (name, expression); every value is written as text, so that
    a decimal stays what it is. -#}
{% macro json_text(pairs) -%}
    {{ return(adapter.dispatch('json_text')(pairs)) }}
{%- endmacro %}

{% macro duckdb__json_text(pairs) -%}
    cast(json_object(
        {%- for name, value in pairs %}
        '{{ name }}', cast({{ value }} as varchar){{ ',' if not loop.last }}
        {%- endfor %}
    ) as varchar)
{%- endmacro %}

{% macro spark__json_text(pairs) -%}
    to_json(named_struct(
        {%- for name, value in pairs %}
        '{{ name }}', cast({{ value }} as string){{ ',' if not loop.last }}
        {%- endfor %}
    ))
{%- endmacro %}
