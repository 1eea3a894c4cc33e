{#- Every table of a build lies in the one schema of the target, whatever a config says. -#}
{% macro generate_schema_name(custom_schema_name, node) -%}
    {{ target.schema }}
{%- endmacro %}
