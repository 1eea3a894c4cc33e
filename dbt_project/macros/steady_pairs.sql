{#-
    The pairs of a CTE that are each other's first choice. Both sides prefer the distance in days that
    most pairs of the same `keys` keep, then the nearest place in order: an invoice that was never
    written then leaves its own goods open and not those of its neighbour. `pairs` has expected_key,
    invoiced_key, distance, displacement and the columns of `keys`.
-#}
{% macro steady_pairs(pairs, keys) -%}
    with usual as (
        select
            {{ keys | join(', ') }}, distance,
            row_number() over (
                partition by {{ keys | join(', ') }}
                order by count(*) desc, abs(distance), distance desc
            ) as place
        from {{ pairs }}
        group by {{ keys | join(', ') }}, distance
    ), ranked as (
        select
            {{ pairs }}.*,
            row_number() over (
                partition by expected_key
                order by abs({{ pairs }}.distance - usual.distance), displacement, invoiced_key
            ) as expected_choice,
            row_number() over (
                partition by invoiced_key
                order by abs({{ pairs }}.distance - usual.distance), displacement, expected_key
            ) as invoiced_choice
        from {{ pairs }}
        inner join usual
            on usual.place = 1{% for key in keys %} and {{ pairs }}.{{ key }} = usual.{{ key }}{% endfor %}
    )
    select * from ranked where expected_choice = 1 and invoiced_choice = 1
{%- endmacro %}
