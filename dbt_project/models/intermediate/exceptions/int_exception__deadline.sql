-- When a problem should be solved: the hours that policy gives its code, in business time.

with

findings as (

    select * from {{ ref('int_exception__rooted') }}

),

codes as (

    select * from {{ ref('exception_code') }}

),

policies as (

    select * from {{ ref('int_policy__exception') }}

),

companies as (

    select * from {{ ref('int_master__company') }}

),

days as (

    select * from {{ ref('int_billing__business_day') }}

),

owned as (

    select
        findings.*,
        codes.leakage_category,
        coalesce(policies.owner_role, codes.owner_role) as owner_role,
        coalesce(policies.sla_hours, codes.sla_hours) as sla_hours,
        coalesce(policies.severity_floor, 'low') as severity_floor,
        coalesce(policies.enabled, true) as is_enabled,
        companies.timezone,
        companies.currency,
        {{ local_date('findings.detected_at', "coalesce(companies.timezone, 'UTC')") }}
            as detected_date,
        cast(coalesce(policies.sla_hours, codes.sla_hours) * 3600 as bigint) as sla_seconds
    from findings
    inner join codes
        on findings.code = codes.code
    left join companies
        on findings.company_id = companies.company_id
    left join policies
        on
            findings.company_id = policies.company_id
            and findings.code = policies.code
            and companies.as_of_date between policies.valid_from and policies.valid_to

),

placed as (

    select
        owned.*,
        (days.day_number - case when days.is_business_day then 1 else 0 end) * 86400
        + case
            when days.is_business_day
                then {{ local_second('owned.detected_at', "coalesce(owned.timezone, 'UTC')") }}
            else 0
        end as detected_second
    from owned
    left join days
        on
            owned.company_id = days.company_id
            and owned.detected_date = days.date

),

numbered as (

    select
        placed.*,
        detected_second + sla_seconds as due_second,
        cast(ceil((detected_second + sla_seconds) / 86400.0) as bigint) as due_day_number,
        detected_second + 2 * sla_seconds as twice_second,
        cast(ceil((detected_second + 2 * sla_seconds) / 86400.0) as bigint) as twice_day_number
    from placed

)

select
    numbered.*,
    coalesce(
        {{ midnight_utc('due_days.date', 'numbered.timezone') }}
        + (numbered.due_second - (numbered.due_day_number - 1) * 86400) * interval 1 second,
        numbered.detected_at + numbered.sla_seconds * interval 1 second
    ) as sla_due_at,
    coalesce(
        {{ midnight_utc('twice_days.date', 'numbered.timezone') }}
        + (numbered.twice_second - (numbered.twice_day_number - 1) * 86400) * interval 1 second,
        numbered.detected_at + 2 * numbered.sla_seconds * interval 1 second
    ) as sla_twice_at
from numbered
left join days as due_days
    on
        numbered.company_id = due_days.company_id
        and due_days.is_business_day
        and numbered.due_day_number = due_days.day_number
left join days as twice_days
    on
        numbered.company_id = twice_days.company_id
        and twice_days.is_business_day
        and numbered.twice_day_number = twice_days.day_number
