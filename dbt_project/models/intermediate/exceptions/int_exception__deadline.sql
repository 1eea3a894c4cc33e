-- When a problem should be solved: the hours that policy gives its code, in business time, since it was
-- found or came back, less the time it waited. What waits has the limit of a late feed instead.

with

findings as (

    select * from {{ ref('int_exception__standing') }}

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

upstream as (

    select companies.company_id, coalesce(policies.sla_hours, codes.sla_hours) as sla_hours
    from companies
    cross join codes
    left join policies
        on
            companies.company_id = policies.company_id
            and codes.code = policies.code
            and companies.as_of_date between policies.valid_from and policies.valid_to
    where codes.code = 'FEED_LATE'

),

owned as (

    select
        findings.*,
        codes.leakage_category,
        coalesce(policies.owner_role, codes.owner_role) as owner_role,
        case
            when findings.status = 'waiting' then upstream.sla_hours
            else coalesce(policies.sla_hours, codes.sla_hours)
        end as sla_hours,
        coalesce(policies.severity_floor, 'low') as severity_floor,
        coalesce(policies.enabled, true) as is_enabled,
        companies.timezone,
        companies.currency,
        {{ local_date('findings.clock_from_at', "coalesce(companies.timezone, 'UTC')") }}
            as start_date
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
    left join upstream
        on findings.company_id = upstream.company_id

),

placed as (

    select
        owned.*,
        cast(owned.sla_hours * 3600 as bigint) as sla_seconds,
        (days.day_number - case when days.is_business_day then 1 else 0 end) * 86400
        + case
            when days.is_business_day
                then {{ local_second('owned.clock_from_at', "coalesce(owned.timezone, 'UTC')") }}
            else 0
        end
        + owned.clock_stopped_seconds as start_second
    from owned
    left join days
        on
            owned.company_id = days.company_id
            and owned.start_date = days.date

),

limits as (      -- half of the time, all of it, twice as much

    select
        placed.*,
        shares.share,
        placed.start_second + cast(shares.share * placed.sla_seconds as bigint) as limit_second
    from placed
    cross join (values (0.5), (1), (2)) as shares (share)

),

dated as (

    select
        limits.exception_id,
        limits.share,
        coalesce(
            {{ midnight_utc('days.date', 'limits.timezone') }}
            + (limits.limit_second - (days.day_number - 1) * 86400) * interval 1 second,
            limits.clock_from_at + cast(limits.share * limits.sla_seconds as bigint) * interval 1 second
        ) as limit_at
    from limits
    left join days
        on
            limits.company_id = days.company_id
            and days.is_business_day
            and cast(ceil(limits.limit_second / 86400.0) as bigint) = days.day_number

),

turned as (

    select
        exception_id,
        max(case when share = 0.5 then limit_at end) as sla_half_at,
        max(case when share = 1 then limit_at end) as sla_due_at,
        max(case when share = 2 then limit_at end) as sla_twice_at
    from dated
    group by exception_id

)

select
    placed.*,
    turned.sla_half_at,
    turned.sla_due_at,
    turned.sla_twice_at
from placed
inner join turned
    on placed.exception_id = turned.exception_id
