{#-
    An amount rounded, halves away from zero, to the smallest unit of a currency that has so many
    `decimals` (int_master__company): what a ledger can post. With `by`, the quotient of both, as in
    divide_exact: divided and rounded in one step, because rounding twice moves a half.
-#}
{% macro minor_unit(amount, decimals, by=none, from_scale=6, by_scale=6) -%}
    case {{ decimals }}
        {%- for places in (0, 3, 4, 2) %}
        {{ 'else' if loop.last else 'when ' ~ places ~ ' then' }}
        {%- if by is none %} cast(round({{ amount }}, {{ places }}) as decimal(18, 4))
        {%- else %} cast({{ divide_exact(amount, by, places, from_scale, by_scale) }} as decimal(18, 4))
        {%- endif %}
        {%- endfor %}
    end
{%- endmacro %}
