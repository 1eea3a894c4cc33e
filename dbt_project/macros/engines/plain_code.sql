{#- A code as people read it: no case, no dashes or blanks, no zeros in front of a number. Codes that
    are equal so are the same to a person and not to a machine. -#}
{% macro plain_code(code) -%}
    {{ return(adapter.dispatch('plain_code')(code)) }}
{%- endmacro %}

{% macro duckdb__plain_code(code) -%}
    replace(regexp_replace(
        regexp_replace(lower({{ code }}), '[^a-z0-9]+', '-', 'g'), '(^|[^0-9])0+', '\1', 'g'
    ), '-', '')
{%- endmacro %}

{% macro spark__plain_code(code) -%}
    replace(regexp_replace(
        regexp_replace(lower({{ code }}), '[^a-z0-9]+', '-'), '(^|[^0-9])0+', '$1'
    ), '-', '')
{%- endmacro %}
