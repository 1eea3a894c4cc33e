{{ config(materialized='view') }}

-- Business time is a line of its own: second 0 is the start of the calendar, a working day adds
-- 86,400 and a day off adds none. A deadline is then a sum, and its date a look-up.

with

triggers as (

    select
        expected_billing_id,
        company_id,
        party_id,
        billing_cycle,
        timezone,
        clock,
        trigger_at,
        {{ local_date('trigger_at', 'timezone') }} as trigger_date,
        cast(due_hours * 3600 as bigint) as due_seconds,
        cast(grace_hours * 3600 as bigint) as grace_seconds
    from {{ ref('int_billing__trigger') }}
    where trigger_at is not null

),

days as (

    select * from {{ ref('int_billing__business_day') }}

),

invoice_days as (

    select * from {{ ref('int_billing__invoice_day') }}

),

clocked as (

    select
        triggers.*,
        {{ local_second('trigger_at', 'timezone') }} as second_of_day
    from triggers

)

select
    clocked.*,
    invoice_days.invoice_date,
    case
        when trigger_days.is_business_day
            then (trigger_days.day_number - 1) * 86400 + clocked.second_of_day
        else trigger_days.day_number * 86400
    end + clocked.due_seconds as due_position,
    -- an invoice day ends at midnight; what is collected on it is due then
    billing_days.day_number * 86400 as invoice_position
from clocked
left join days as trigger_days
    on
        clocked.company_id = trigger_days.company_id
        and clocked.trigger_date = trigger_days.date
left join invoice_days
    on
        clocked.company_id = invoice_days.company_id
        and clocked.party_id = invoice_days.party_id
        and clocked.billing_cycle = invoice_days.billing_cycle
        and clocked.trigger_date between invoice_days.collects_from and invoice_days.invoice_date
left join days as billing_days
    on
        clocked.company_id = billing_days.company_id
        and invoice_days.invoice_date = billing_days.date
