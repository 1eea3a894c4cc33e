-- Conditions that fail and that a line waits for, unless an approved override lets it pass; the
-- failure itself stays. The first of a line is shown as its cause.

with

failed as (

    select
        checks.expected_billing_id,
        checks.company_id,
        checks.condition_code,
        checks.evidence,
        conditions.position,
        conditions.owner_role
    from {{ ref('int_billing__readiness_check') }} as checks
    inner join {{ ref('readiness_condition') }} as conditions
        on checks.condition_code = conditions.condition_code
    left join {{ ref('int_billing__override') }} as overrides
        on
            checks.expected_billing_id = overrides.expected_billing_id
            and checks.condition_code = overrides.condition_code
    where
        checks.verdict = 'fail'
        and conditions.is_blocking
        and overrides.override_id is null

)

select
    failed.*,
    row_number() over (partition by expected_billing_id order by position) as place,
    first_value(condition_code) over (
        partition by expected_billing_id
        order by position
        rows between unbounded preceding and unbounded following
    ) as first_condition_code
from failed
