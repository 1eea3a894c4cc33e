select
    company_id,
    fiscal_year,
    fiscal_period,
    max(end_date) as period_end_date,
    max(ended_at) as ended_at,
    min(opened_at) as opened_at,
    min(case when status = 'closed' and closed_at is not null then 1 else 0 end) as is_closed,
    min(closed_at) as first_closed_at,
    max(closed_at) as last_closed_at
from {{ ref('int_close__module') }}
group by company_id, fiscal_year, fiscal_period
