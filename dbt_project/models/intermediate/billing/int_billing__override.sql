-- Who lets a line pass in spite of a condition, until when and why. An override may name the line,
-- its shipment or order line, or a whole shipment, order or event.

with

run as (

    select * from {{ ref('int_control__run') }}

),

overrides as (

    select overrides.*
    from {{ ref('stg_policy__override') }} as overrides
    cross join run
    where
        overrides.subject = 'readiness'
        and overrides.condition_code is not null
        and overrides.approved_by is not null
        and overrides.expires_at > run.as_of_at
        and overrides.valid_from <= cast(run.as_of_at as date)
        and coalesce(overrides.valid_to, date '9999-12-31') >= cast(run.as_of_at as date)

),

wanted as (

    select business_key from overrides
    group by business_key

),

lines as (

    select * from {{ ref('int_billing__expected_line') }}

),

keys as (

    select lines.expected_billing_id, lines.company_id, wanted.business_key
    from lines inner join wanted on lines.expected_billing_id = wanted.business_key
    union
    select lines.expected_billing_id, lines.company_id, wanted.business_key
    from lines inner join wanted on lines.shipment_id = wanted.business_key
    union
    select lines.expected_billing_id, lines.company_id, wanted.business_key
    from lines
    inner join wanted
        on lines.shipment_id || '|' || lines.shipment_line = wanted.business_key
    union
    select lines.expected_billing_id, lines.company_id, wanted.business_key
    from lines inner join wanted on lines.order_id = wanted.business_key
    union
    select lines.expected_billing_id, lines.company_id, wanted.business_key
    from lines inner join wanted on lines.order_id || '|' || lines.order_line = wanted.business_key
    union
    select lines.expected_billing_id, lines.company_id, wanted.business_key
    from lines inner join wanted on lines.billable_event_id = wanted.business_key

),

ranked as (

    select
        keys.expected_billing_id,
        overrides.condition_code,
        overrides.override_id,
        overrides.reason,
        overrides.user_id,
        overrides.approved_by,
        overrides.expires_at,
        row_number() over (
            partition by keys.expected_billing_id, overrides.condition_code
            order by overrides.expires_at desc, overrides.override_id asc
        ) as preference
    from keys
    inner join overrides
        on
            keys.business_key = overrides.business_key
            and overrides.company_id in (keys.company_id, '*')

)

select
    expected_billing_id,
    condition_code,
    override_id,
    reason as override_reason,
    user_id as override_user_id,
    approved_by as override_approved_by,
    expires_at as override_expires_at
from ranked
where preference = 1
