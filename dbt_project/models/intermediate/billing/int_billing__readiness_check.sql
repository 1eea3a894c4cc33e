{{ config(materialized='view') }}

-- Every line beside every condition, with what the verdict rests on: one pass over the lines, and the
-- verdicts of a line lie together. True passes, false fails, null does not apply.

with

judged as (

    select
        goods.expected_billing_id,
        goods.company_id,
        conditions.condition_code,
        case conditions.condition_code
            when 'RC1' then goods.is_shipment_confirmed
            when 'RC2' then goods.is_quantity_valid
            when 'RC3' then terms.is_price_found
            when 'RC4' then terms.is_price_agreed
            when 'RC5' then terms.is_tax_known
            when 'RC6' then terms.has_credit
            when 'RC7' then goods.is_delivery_proven
            when 'RC9' then terms.has_customer_reference
            when 'RC10' then terms.is_master_complete
            when 'RC11' then goods.is_period_open
            when 'RC12' then goods.is_not_billed
            when 'RC13' then goods.is_not_returned
        end as is_met,
        case conditions.condition_code
            when 'RC1' then 'ship confirmation and cartons'
            when 'RC2' then 'shipped ' || goods.shipped_base_qty || ' of ' || goods.wanted_base_qty
            when 'RC3'
                then
                    coalesce(
                        terms.price_problem || ' ' || terms.lowest_price || ' to ' || terms.highest_price,
                        terms.price_problem, terms.price_source
                    )
            when 'RC4'
                then
                    coalesce(
                        terms.price_problem || ' ' || terms.lowest_price || ' against ' || terms.highest_price,
                        terms.price_source
                    )
            when 'RC5' then coalesce('exempt until ' || terms.tax_exempt_until, 'country known')
            when 'RC6'
                then
                    coalesce(
                        'owes ' || terms.over_limit_amount || ' of a limit of ' || terms.credit_limit,
                        'released by ' || coalesce(terms.released_by, 'somebody')
                        || ' after ' || terms.hold_hours || ' hours',
                        'credit status of the order'
                    )
            when 'RC7'
                then
                    'delivered ' || coalesce(cast(goods.qty_delivered as varchar), 'unknown')
                    || ' of ' || goods.line_qty
            when 'RC8' then 'charges are lines of their own'
            when 'RC9' then 'number of the customer'
            when 'RC10' then 'customer, terms and item'
            when 'RC11' then 'period of ' || goods.ship_date
            when 'RC12' then coalesce('billed by ' || goods.billed_invoice_id, 'no invoice')
            when 'RC13' then coalesce('returned ' || goods.returned_qty, 'no return')
        end as evidence
    from {{ ref('int_billing__readiness_goods') }} as goods
    inner join {{ ref('int_billing__readiness_terms') }} as terms
        on goods.expected_billing_id = terms.expected_billing_id
    cross join {{ ref('readiness_condition') }} as conditions
    union all
    select
        charges.expected_billing_id,
        charges.company_id,
        conditions.condition_code,
        case conditions.condition_code
            when 'RC8' then charges.is_rated
            when 'RC12' then not charges.is_billed
        end,
        case when charges.is_rated then 'rated' else 'expected, not rated' end
    from {{ ref('int_billing__charge_state') }} as charges
    cross join {{ ref('readiness_condition') }} as conditions

)

select
    expected_billing_id,
    company_id,
    condition_code,
    case when is_met then 'pass' when not is_met then 'fail' else 'not_applicable' end as verdict,
    evidence
from judged
