select
    days.company_id,
    days.date,
    days.fiscal_year,
    days.fiscal_period,
    days.period_start_date,
    days.period_end_date,
    days.is_business_day,
    days.is_period_derived,
    days.date = days.period_end_date as is_period_end,
    run.as_of_at,
    run.watermark_at
from {{ ref('int_master__calendar_day') }} as days
cross join {{ ref('int_control__run') }} as run
