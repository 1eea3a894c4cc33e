-- Who signed the reconciliation of an account. A signature is an override of the site: subject
-- `value`, key `reconciliation|year|period|account`, condition `prepared`, `reviewed` or `certified`,
-- the new value the statement that was signed, where the signer saw its hash. The last one counts.

with

run as (

    select * from {{ ref('int_control__run') }}

),

companies as (

    select * from {{ ref('int_master__company') }}

),

signed as (

    select
        companies.company_id,
        cast(split_part(overrides.business_key, '|', 2) as bigint) as fiscal_year,
        cast(split_part(overrides.business_key, '|', 3) as bigint) as fiscal_period,
        split_part(overrides.business_key, '|', 4) as account_code,
        lower(overrides.condition_code) as step,
        overrides.user_id,
        coalesce(
            overrides.approved_at, {{ midnight_utc('overrides.valid_from', 'companies.timezone') }}
        ) as signed_at,
        nullif(overrides.new_value, '') as signed_hash,
        overrides.override_id
    from {{ ref('stg_policy__override') }} as overrides
    inner join companies
        on overrides.company_id in (companies.company_id, '*')
    where
        overrides.subject = 'value'
        and overrides.business_key like 'reconciliation|%|%|%'
        and lower(overrides.condition_code) in ('prepared', 'reviewed', 'certified')
        and coalesce(overrides.valid_to, companies.as_of_date) >= companies.as_of_date
        and regexp_extract(overrides.business_key, '^reconciliation[|]([0-9]+)[|][0-9]+[|]', 1) <> ''

),

ranked as (

    select
        signed.*,
        row_number() over (
            partition by
                signed.company_id, signed.fiscal_year, signed.fiscal_period, signed.account_code,
                signed.step
            order by signed.signed_at desc, signed.override_id desc
        ) as preference
    from signed
    cross join run
    where signed.signed_at <= run.as_of_at

)

select
    company_id,
    fiscal_year,
    fiscal_period,
    account_code,
    step,
    user_id,
    signed_at,
    signed_hash
from ranked
where preference = 1
