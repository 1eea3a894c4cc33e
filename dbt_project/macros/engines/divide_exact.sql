{#-
    numerator / denominator, rounded half away from zero to `scale` decimals; null where the
    denominator is zero or the quotient does not fit. Both are decimals of at most 18 digits with
    `from_scale` and `by_scale` decimals. DuckDB has no division of decimals, so the quotient is one
    of 128-bit integers. It multiplies two short decimals in 64 bits, where an amount of 50,000 times
    2,000 pieces does not fit, so a product begins with a wide one.
-#}
{% macro divide_exact(numerator, denominator, scale, from_scale=6, by_scale=6) -%}
    {{ return(adapter.dispatch('divide_exact')(numerator, denominator, scale, from_scale, by_scale)) }}
{%- endmacro %}

{% macro duckdb__divide_exact(numerator, denominator, scale, from_scale, by_scale) -%}
    {%- set wide = 'cast(1 as decimal(19, 0)) * ' -%}
    {%- set numerator = wide ~ numerator if ' * ' in numerator else numerator -%}
    {%- set denominator = wide ~ denominator if ' * ' in denominator else denominator -%}
    {%- set lift = 2 * 10 ** (scale + by_scale) -%}
    {%- set whole = 'cast(cast(abs({}) as decimal(38, {})) * {} as hugeint)' -%}
    {%- set top = whole.format(numerator, from_scale, 10 ** from_scale) -%}
    {%- set bottom = whole.format(denominator, by_scale, 10 ** (by_scale + from_scale)) -%}
    try_cast(case when {{ denominator }} <> 0 then
        cast(({{ top }} * {{ lift }} + {{ bottom }}) // (2 * {{ bottom }}) as decimal(38, 0))
        * cast({{ '0.' ~ '0' * (scale - 1) ~ '1' if scale else '1' }} as decimal({{ scale + 1 }}, {{ scale }}))
        * case when ({{ numerator }} < 0) <> ({{ denominator }} < 0) then -1 else 1 end
    end as decimal({{ 18 if scale < 8 else 20 }}, {{ scale }}))
{%- endmacro %}

{% macro spark__divide_exact(numerator, denominator, scale, from_scale, by_scale) -%}
    cast(
        round({{ numerator }} / nullif({{ denominator }}, 0), {{ scale }})
        as decimal({{ 18 if scale < 8 else 20 }}, {{ scale }})
    )
{%- endmacro %}
