{{ config(materialized='view') }}

-- The numbers of the margin alert side by side, so that a table joins them once.
select
    max(case when setting = 'drop_points' then value end) as drop_points,
    max(case when setting = 'drop_amount' then value end) as drop_amount,
    max(case when setting = 'recent_weeks' then value end) as recent_weeks,
    max(case when setting = 'earlier_weeks' then value end) as earlier_weeks
from {{ ref('margin_setting') }}
