{{ config(materialized='view') }}

select
    max(case when setting = 'obsolete_cover_days' then value end) as obsolete_cover_days,
    max(case when setting = 'obsolete_idle_days' then value end) as obsolete_idle_days,
    max(case when setting = 'obsolete_value_pct' then value end) as obsolete_value_pct,
    max(case when setting = 'selling_cost_pct' then value end) as selling_cost_pct,
    max(case when setting = 'outcome_window_days' then value end) as outcome_window_days,
    max(case when setting = 'drift_origins' then value end) as drift_origins,
    max(case when setting = 'drift_signal' then value end) as drift_signal,
    max(case when setting = 'drift_bias_pct' then value end) as drift_bias_pct,
    max(case when setting = 'given_up_days' then value end) as given_up_days
from {{ ref('planning_setting') }}
