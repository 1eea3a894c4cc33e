{#-
    An amount rounded, halves away from zero, to the smallest unit of a currency that has so many
    `decimals` (int_master__company): what a ledger can post.
-#}
{% macro minor_unit(amount, decimals) -%}
    case {{ decimals }}
        when 0 then cast(round({{ amount }}, 0) as decimal(18, 4))
        when 3 then cast(round({{ amount }}, 3) as decimal(18, 4))
        when 4 then cast(round({{ amount }}, 4) as decimal(18, 4))
        else cast(round({{ amount }}, 2) as decimal(18, 4))
    end
{%- endmacro %}
