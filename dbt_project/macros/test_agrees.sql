{#-
    Two figures of one row agree within `tolerance`. A null on either side is a failure, which is
    why this is not a `where not (...)`: nothing may agree because one side is missing.
-#}
{% test agrees(model, left, right, tolerance=0, row_condition='true') %}
    select *
    from {{ model }}
    where
        {{ row_condition }}
        and (
            {{ left }} is null
            or {{ right }} is null
            or abs(({{ left }}) - ({{ right }})) > {{ tolerance }}
        )
{% endtest %}
