select
    companies.company_id,
    companies.company_name,
    companies.currency,
    companies.country,
    companies.timezone,
    companies.accounting_framework,
    companies.is_in_master,
    companies.as_of_date,
    companies.watermark_date,
    run.as_of_at,
    run.watermark_at
from {{ ref('int_master__company') }} as companies
cross join {{ ref('int_control__run') }} as run
