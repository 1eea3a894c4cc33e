{{ config(materialized='view') }}

select
    max(case when setting = 'obsolete_cover_days' then value end) as obsolete_cover_days,
    max(case when setting = 'obsolete_idle_days' then value end) as obsolete_idle_days,
    max(case when setting = 'obsolete_value_pct' then value end) as obsolete_value_pct,
    max(case when setting = 'selling_cost_pct' then value end) as selling_cost_pct
from {{ ref('planning_setting') }}
