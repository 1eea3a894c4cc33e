-- A promise to pay is an override of the site: subject `value`, key `invoice|` and its number or id,
-- new value `promise to pay`; it holds until it expires.

with

run as (

    select * from {{ ref('int_control__run') }}

)

select
    companies.company_id,
    replace(overrides.business_key, 'invoice|', '') as invoice_ref,
    max(overrides.expires_at) as promised_until_at
from {{ ref('stg_policy__override') }} as overrides
cross join run
inner join {{ ref('int_master__company') }} as companies
    on overrides.company_id in (companies.company_id, '*')
where
    overrides.subject = 'value'
    and overrides.business_key like 'invoice|%'
    and lower(overrides.new_value) = 'promise to pay'
    and overrides.expires_at > run.as_of_at
    and overrides.valid_from <= companies.as_of_date
    and coalesce(overrides.valid_to, companies.as_of_date) >= companies.as_of_date
group by companies.company_id, replace(overrides.business_key, 'invoice|', '')
