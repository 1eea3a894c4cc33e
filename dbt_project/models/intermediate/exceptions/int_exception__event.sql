select
    events.*,
    coalesce(companies.timezone, 'UTC') as timezone
from {{ ref('stg_worklog__exception_event') }} as events
cross join {{ ref('int_control__run') }} as run
left join {{ ref('int_master__company') }} as companies
    on events.company_id = companies.company_id
where events.as_of_at <= run.as_of_at
