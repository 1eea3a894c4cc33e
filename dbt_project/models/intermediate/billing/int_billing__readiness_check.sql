{{ config(materialized='view') }}

-- The conditions of a line, one under the other, with what the verdict rests on.
{% set checks = [
    ('RC1', 'goods', 'is_shipment_confirmed', "'ship confirmation and cartons'"),
    ('RC2', 'goods', 'is_quantity_valid', "'shipped ' || shipped_base_qty || ' of ' || wanted_base_qty"),
    ('RC3', 'terms', 'is_price_found', "coalesce(price_problem || ' ' || lowest_price || ' to ' || highest_price, price_problem, price_source)"),
    ('RC4', 'terms', 'is_price_agreed', "coalesce(price_problem || ' ' || lowest_price || ' against ' || highest_price, price_source)"),
    ('RC5', 'terms', 'is_tax_known', "coalesce('exempt until ' || tax_exempt_until, 'country known')"),
    ('RC6', 'terms', 'has_credit', "coalesce('owes ' || over_limit_amount || ' of a limit of ' || credit_limit, 'released by ' || coalesce(released_by, 'somebody') || ' after ' || hold_hours || ' hours', 'credit status of the order')"),
    ('RC7', 'goods', 'is_delivery_proven', "'delivered ' || coalesce(cast(qty_delivered as varchar), 'unknown') || ' of ' || line_qty"),
    ('RC9', 'terms', 'has_customer_reference', "'number of the customer'"),
    ('RC10', 'terms', 'is_master_complete', "'customer, terms and item'"),
    ('RC11', 'goods', 'is_period_open', "'period of ' || ship_date"),
    ('RC12', 'goods', 'is_not_billed', "coalesce('billed by ' || billed_invoice_id, 'no invoice')"),
    ('RC13', 'goods', 'is_not_returned', "coalesce('returned ' || returned_qty, 'no return')"),
] %}
{% for code, table, column, evidence in checks %}
    select
        expected_billing_id,
        company_id,
        '{{ code }}' as condition_code,
        case when {{ column }} then 'pass' when not {{ column }} then 'fail' else 'not_applicable' end
            as verdict,
        {{ evidence }} as evidence
    from {{ ref('int_billing__readiness_' ~ table) }}
    union all
{% endfor %}
select
    charges.expected_billing_id,
    charges.company_id,
    conditions.condition_code,
    case
        when conditions.condition_code = 'RC8' and charges.is_rated then 'pass'
        when conditions.condition_code = 'RC8' then 'fail'
        when conditions.condition_code = 'RC12' and charges.is_billed then 'fail'
        when conditions.condition_code = 'RC12' then 'pass'
        else 'not_applicable'
    end,
    case when charges.is_rated then 'rated' else 'expected, not rated' end
from {{ ref('int_billing__charge_state') }} as charges
cross join {{ ref('readiness_condition') }} as conditions
union all
select expected_billing_id, company_id, 'RC8', 'not_applicable', 'charges are lines of their own'
from {{ ref('int_billing__readiness_goods') }}
