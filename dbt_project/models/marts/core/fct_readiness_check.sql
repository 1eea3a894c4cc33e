with

run as (

    select * from {{ ref('int_control__run') }}

),

checks as (

    select * from {{ ref('int_billing__readiness_check') }}

),

conditions as (

    select * from {{ ref('readiness_condition') }}

),

overrides as (

    select * from {{ ref('int_billing__override') }}

)

select
    checks.company_id,
    checks.expected_billing_id,
    checks.condition_code,
    checks.verdict,
    checks.evidence,
    conditions.owner_role,
    -- an override never changes the verdict; it says who lets the line pass, and until when
    checks.verdict = 'fail' and conditions.is_blocking and overrides.override_id is null
        as is_blocking,
    overrides.override_id,
    overrides.override_reason,
    overrides.override_user_id,
    overrides.override_approved_by,
    overrides.override_expires_at,
    run.as_of_at,
    run.watermark_at
from checks
cross join run
inner join conditions
    on checks.condition_code = conditions.condition_code
left join overrides
    on
        checks.expected_billing_id = overrides.expected_billing_id
        and checks.condition_code = overrides.condition_code
