with

run as (

    select * from {{ ref('int_control__run') }}

),

companies as (

    select * from {{ ref('stg_master__company') }}

),

fiscal_periods as (

    select * from {{ ref('stg_master__fiscal_period') }}

),

deliveries as (

    select * from {{ ref('stg_ingest__feed_delivery') }}

),

seen as (      -- a company is real once a feed speaks for it, whether or not its master has come

    select company_id from deliveries
    union
    select company_id from companies
    union
    select company_id from fiscal_periods

),

ranked as (

    select
        company_id,
        company_name,
        currency,
        country,
        timezone,
        accounting_framework,
        intercompany_party_code,
        row_number() over (
            partition by company_id
            order by source_system
        ) as preference
    from companies

)

select
    seen.company_id,
    coalesce(ranked.company_name, seen.company_id) as company_name,
    ranked.currency,
    ranked.country,
    coalesce(ranked.timezone, 'UTC') as timezone,
    ranked.accounting_framework,
    ranked.intercompany_party_code,
    ranked.company_id is not null as is_in_master,
    {{ local_date('run.as_of_at', "coalesce(ranked.timezone, 'UTC')") }} as as_of_date,
    {{ local_date('run.watermark_at', "coalesce(ranked.timezone, 'UTC')") }} as watermark_date
from seen
left join ranked
    on
        seen.company_id = ranked.company_id
        and ranked.preference = 1
cross join run
where seen.company_id <> '*'
