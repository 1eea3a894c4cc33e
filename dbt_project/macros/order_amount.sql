{#-
    Net amount of an order line in its currency: what the line says, else quantity times price less
    discount; null where neither is known. `line` is the alias of the staging order line.
-#}
{% macro order_amount(line) -%}
    coalesce(
        {{ line }}.net_amount,
        cast(round(
            {{ line }}.qty_ordered
            * {{ divide_exact(line ~ '.unit_price', 'coalesce(' ~ line ~ '.price_basis_qty, 1)', 8, 8, 6) }}
            * cast(100 - coalesce({{ line }}.discount_pct, 0) as decimal(5, 2)) * 0.01, 4
        ) as decimal(18, 4))
    )
{%- endmacro %}
