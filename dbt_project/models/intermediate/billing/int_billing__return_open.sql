{{ config(materialized='view') }}

-- Goods that came back and that no credit has answered, in the unit of the order: what left less what
-- came back is what can be billed.
select
    returns.expected_billing_id,
    sum(
        case
            when credits.credit_key is null then {{ divide_exact(
                'returns.qty * returns.unit_bottom', 'returns.unit_top', 6, 12, 6
            ) }}
            else 0
        end
    ) as qty
from {{ ref('int_billing__return') }} as returns
left join {{ ref('int_billing__return_credit') }} as credits
    on
        returns.source_system || '|' || returns.receipt_id || '|' || returns.receipt_line
        = credits.return_key
where returns.expected_billing_id is not null
group by returns.expected_billing_id
