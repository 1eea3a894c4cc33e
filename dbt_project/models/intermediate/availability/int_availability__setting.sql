{{ config(materialized='view') }}

select
    max(case when setting = 'horizon_days' then value end) as horizon_days,
    max(case when setting = 'late_arrival_days' then value end) as late_arrival_days,
    max(case when setting = 'trusted_late_days' then value end) as trusted_late_days,
    max(case when setting = 'surplus_cover_days' then value end) as surplus_cover_days,
    max(case when setting = 'short_cover_days' then value end) as short_cover_days,
    max(case when setting = 'demand_window_days' then value end) as demand_window_days,
    max(case when setting = 'split_penalty' then value end) as split_penalty
from {{ ref('availability_setting') }}
