{#-
    How a table and a view are made in DuckDB. A build is a database of its own and readers see it
    only once it is whole, so nothing is swapped by renaming: dbt's own way makes a relation beside
    the old one, renames both and drops one, five statements where one does the same.
-#}
{% materialization table, adapter='duckdb' %}
    {{ run_hooks(pre_hooks) }}
    {%- call statement('main', auto_begin=false) -%}
        {%- if config.get('contract').enforced %}
            {{- get_assert_columns_equivalent(compiled_code) }}
            create or replace table {{ this }} {{ get_table_columns_and_constraints() }};
            insert into {{ this }} {{ get_column_names() }} (
                {{ get_select_subquery(compiled_code) }}
            );
        {%- else -%}
            create or replace table {{ this }} as ({{ compiled_code }});
        {%- endif %}
    {%- endcall -%}
    {{ run_hooks(post_hooks) }}
    {{ return({'relations': [this.incorporate(type='table')]}) }}
{% endmaterialization %}

{% materialization view, adapter='duckdb' %}
    {{ run_hooks(pre_hooks) }}
    {%- call statement('main', auto_begin=false) -%}
        {%- if config.get('contract').enforced %}{{- get_assert_columns_equivalent(compiled_code) }}{% endif %}
        create or replace view {{ this }} as ({{ compiled_code }});
    {%- endcall -%}
    {{ run_hooks(post_hooks) }}
    {{ return({'relations': [this.incorporate(type='view')]}) }}
{% endmaterialization %}
