-- Posting rules in force for each posting profile that is used: what the profile says itself, else
-- what all say. A profile that waits for the invoice is also told as `control_transfer` would have
-- it, and one that counts at period end as if it kept its stock (A.4 of the domain design).

with

profiles as (

    select books_as from {{ ref('int_ledger__booking') }}
    group by books_as

),

tellings as (

    select books_as, 'booked' as telling, books_as as rule_profile from profiles
    union all
    select books_as, 'control', 'control_transfer' from profiles
    where books_as <> 'control_transfer'
    union all
    select books_as, 'perpetual', 'sap_like' from profiles
    where books_as = 'periodic'

),

own_parts as (

    select posting_profile, event_code, part from {{ ref('posting_rule') }}
    where posting_profile <> '*'
    group by posting_profile, event_code, part

)

select
    tellings.books_as,
    tellings.telling,
    rules.event_code,
    rules.part,
    coalesce(rules.debit_role, '') as debit_role,
    coalesce(rules.credit_role, '') as credit_role
from {{ ref('posting_rule') }} as rules
inner join tellings
    on rules.posting_profile in ('*', tellings.rule_profile)
left join own_parts
    on
        rules.posting_profile = '*'
        and tellings.rule_profile = own_parts.posting_profile
        and rules.event_code = own_parts.event_code
        and rules.part = own_parts.part
where own_parts.posting_profile is null
