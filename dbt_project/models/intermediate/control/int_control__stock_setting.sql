{{ config(materialized='view') }}

-- The numbers of the checks of stock side by side, so that a table joins them once.
select
    max(case when setting = 'overdue_pct' then value end) as overdue_pct,
    max(case when setting = 'lead_time_days' then value end) as lead_time_days,
    max(case when setting = 'adjustment_hours' then value end) as adjustment_hours,
    max(case when setting = 'counts_a' then value end) as counts_a,
    max(case when setting = 'counts_b' then value end) as counts_b,
    max(case when setting = 'counts_c' then value end) as counts_c,
    max(case when setting = 'scan_target_pct' then value end) as scan_target_pct,
    max(case when setting = 'watch_days' then value end) as watch_days,
    max(case when setting = 'distrust_z_pct' then value end) as distrust_z_pct,
    max(case when setting = 'distrust_counts' then value end) as distrust_counts,
    max(case when setting = 'stock_window_days' then value end) as stock_window_days,
    max(case when setting = 'value_left_cents' then value end) as value_left_cents,
    max(case when setting = 'nrv_price_days' then value end) as nrv_price_days,
    max(case when setting = 'idle_days' then value end) as idle_days,
    max(case when setting = 'expiry_days' then value end) as expiry_days,
    max(case when setting = 'excess_cover_days' then value end) as excess_cover_days
from {{ ref('stock_setting') }}
