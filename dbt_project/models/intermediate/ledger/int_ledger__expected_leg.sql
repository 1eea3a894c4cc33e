-- Step 2 of 3: each part of the value of an event debits one role and credits another, as the
-- posting profile of its day says. What the lines of a document leave open goes to the role of the
-- part "rest", so that every journal balances.

with

companies as (

    select * from {{ ref('int_master__company') }}

),

profiles as (

    select * from {{ ref('int_policy__posting_profile') }}

),

own_parts as (

    select posting_profile, event_code, part from {{ ref('posting_rule') }}
    where posting_profile <> '*'
    group by posting_profile, event_code, part

),

used_profiles as (

    select profile from profiles
    group by profile

),

rules as (      -- what a profile says itself, else what all say

    select
        used_profiles.profile, rules.event_code, rules.part, rules.debit_role, rules.credit_role
    from {{ ref('posting_rule') }} as rules
    inner join used_profiles
        on rules.posting_profile in ('*', used_profiles.profile)
    left join own_parts
        on
            rules.posting_profile = '*'
            and used_profiles.profile = own_parts.posting_profile
            and rules.event_code = own_parts.event_code
            and rules.part = own_parts.part
    where own_parts.posting_profile is null

),

event_values as (

    select event_values.*, profiles.profile
    from {{ ref('int_ledger__event_value') }} as event_values
    inner join companies
        on event_values.company_id = companies.company_id
    inner join profiles
        on
            event_values.company_id = profiles.company_id
            and event_values.posting_date between profiles.valid_from and profiles.valid_to
    where event_values.posting_date <= companies.as_of_date

),

ruled as (

    select
        event_values.*,
        case rules.debit_role
            when 'from_state' then event_values.from_role
            when 'to_state' then event_values.to_role
            when 'stock' then coalesce(event_values.to_role, event_values.from_role)
            else rules.debit_role
        end as debit_role,
        case rules.credit_role
            when 'from_state' then event_values.from_role
            when 'to_state' then event_values.to_role
            when 'stock' then coalesce(event_values.to_role, event_values.from_role)
            else rules.credit_role
        end as credit_role
    from event_values
    inner join rules
        on
            event_values.profile = rules.profile
            and event_values.rule_code = rules.event_code
            and event_values.part = rules.part

),

legs as (

    select
        company_id, profile, event_code, rule_code, part, 'debit' as side, source_doc_type,
        source_doc_id, source_doc_line, posting_date, debit_role as account_role, item_id,
        to_location_id as location_id, channel, party_id, amount, amount_doc, currency_doc, qty,
        movement_id, movement_line, invoice_id, invoice_line, receipt_id, receipt_line
    from ruled
    where debit_role <> '' and debit_role is distinct from credit_role
    union all
    select
        company_id, profile, event_code, rule_code, part, 'credit', source_doc_type,
        source_doc_id, source_doc_line, posting_date, credit_role, item_id,
        from_location_id, channel, party_id, -amount, -amount_doc, currency_doc, -qty,
        movement_id, movement_line, invoice_id, invoice_line, receipt_id, receipt_line
    from ruled
    where credit_role <> '' and credit_role is distinct from debit_role

),

open_rests as (

    select
        legs.company_id, legs.profile, legs.source_doc_type, legs.source_doc_id, legs.posting_date,
        min(rules.event_code) as event_code,
        min(rules.credit_role) as account_role,
        min(legs.party_id) as party_id,
        -sum(legs.amount) as amount
    from legs
    left join rules
        on
            legs.profile = rules.profile
            and legs.rule_code = rules.event_code
            and rules.part = 'rest'
    group by
        legs.company_id, legs.profile, legs.source_doc_type, legs.source_doc_id, legs.posting_date
    having sum(legs.amount) <> 0

)

select * from legs
union all
select
    company_id, profile, nullif(event_code, 'payment'), event_code, 'rest', 'credit', source_doc_type,
    source_doc_id, '', posting_date, account_role, null,
    '', '', party_id, amount, null, null, 0,
    null, null, null, null, null, null
from open_rests
where account_role is not null
