with

positions as (

    select
        due_positions.*,
        greatest(due_position, coalesce(invoice_position, due_position)) as due_second,
        greatest(
            trigger_at + due_seconds * interval 1 second,
            coalesce(
                {{ midnight_utc('cast(invoice_date + interval 1 day as date)', 'timezone') }},
                trigger_at + due_seconds * interval 1 second
            )
        ) as calendar_due_at
    from {{ ref('int_billing__due_position') }} as due_positions

),

numbered as (

    select
        positions.*,
        cast(ceil(due_second / 86400.0) as bigint) as due_day_number,
        due_second + grace_seconds as grace_second,
        cast(ceil((due_second + grace_seconds) / 86400.0) as bigint) as grace_day_number
    from positions

),

business_days as (

    select * from {{ ref('int_billing__business_day') }}
    where is_business_day

),

timed as (

    select
        numbered.*,
        {{ midnight_utc('due_days.date', 'numbered.timezone') }}
        + (numbered.due_second - (numbered.due_day_number - 1) * 86400) * interval 1 second
            as business_due_at,
        {{ midnight_utc('grace_days.date', 'numbered.timezone') }}
        + (numbered.grace_second - (numbered.grace_day_number - 1) * 86400) * interval 1 second
            as business_grace_at
    from numbered
    left join business_days as due_days
        on
            numbered.company_id = due_days.company_id
            and case when numbered.clock = 'business' then numbered.due_day_number end = due_days.day_number
    left join business_days as grace_days
        on
            numbered.company_id = grace_days.company_id
            and case when numbered.clock = 'business' then numbered.grace_day_number end = grace_days.day_number

)

select
    expected_billing_id,
    company_id,
    trigger_at,
    invoice_date as next_invoice_date,
    coalesce(business_due_at, calendar_due_at) as due_by_at,
    -- ruling D12: grace runs on the clock of the due date
    case
        when business_due_at is not null then business_grace_at
        else calendar_due_at + grace_seconds * interval 1 second
    end as grace_until_at
from timed
