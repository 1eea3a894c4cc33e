{#- A statement about one row is true; a statement that yields null has not held. -#}
{% test holds(model, statement) %}
    select *
    from {{ model }}
    where not coalesce({{ statement }}, false)
{% endtest %}
