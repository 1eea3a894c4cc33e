{{ config(materialized='view') }}

-- The numbers of the checks of billing side by side, so that a table joins them once.
select
    max(case when setting = 'price_on_ship_date' then value end) as price_on_ship_date,
    max(case when setting = 'pod_days' then value end) as pod_days,
    max(case when setting = 'return_window_days' then value end) as return_window_days,
    max(case when setting = 'credit_days' then value end) as credit_days,
    max(case when setting = 'claim_days' then value end) as claim_days,
    max(case when setting = 'repeat_days' then value end) as repeat_days,
    max(case when setting = 'early_days' then value end) as early_days,
    max(case when setting = 'late_days' then value end) as late_days,
    max(case when setting = 'sum_parts' then value end) as sum_parts,
    max(case when setting = 'suggested_days' then value end) as suggested_days,
    max(case when setting = 'suggested_score' then value end) as suggested_score,
    max(case when setting = 'suggested_count' then value end) as suggested_count,
    max(case when setting = 'hidden_count' then value end) as hidden_count
from {{ ref('billing_setting') }}
