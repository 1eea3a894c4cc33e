-- The three signatures of an account side by side, and what they are worth: three people, and where
-- the list of users is there, one who may approve.

with

signatures as (

    select * from {{ ref('int_close__signature') }}

),

wide as (

    select
        company_id,
        fiscal_year,
        fiscal_period,
        account_code,
        max(case when step = 'prepared' then user_id end) as prepared_by,
        max(case when step = 'prepared' then signed_at end) as prepared_at,
        max(case when step = 'reviewed' then user_id end) as reviewed_by,
        max(case when step = 'reviewed' then signed_at end) as reviewed_at,
        max(case when step = 'certified' then user_id end) as certified_by,
        max(case when step = 'certified' then signed_at end) as certified_at,
        max(case when step = 'certified' then signed_hash end) as signed_hash
    from signatures
    group by company_id, fiscal_year, fiscal_period, account_code

),

listing_companies as (

    select company_id from {{ ref('stg_control__access') }}
    group by company_id

),

approvers as (

    select company_id, user_id
    from {{ ref('stg_control__access') }}
    where privilege in ('approve', 'admin') and not coalesce(is_generic, false)
    group by company_id, user_id

)

select
    wide.*,
    coalesce(
        wide.prepared_by <> wide.reviewed_by
        and wide.reviewed_by <> wide.certified_by
        and wide.prepared_by <> wide.certified_by,
        false
    ) as is_segregated,
    listing_companies.company_id is null or approvers.user_id is not null as is_entitled
from wide
left join listing_companies
    on wide.company_id = listing_companies.company_id
left join approvers
    on
        wide.company_id = approvers.company_id
        and wide.certified_by = approvers.user_id
