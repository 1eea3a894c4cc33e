-- Step 2 of 3: each part of the value of an event debits one role and credits another, as the posting
-- profile of its day says; where that profile waits for the invoice, also as others would tell it.

with

companies as (

    select * from {{ ref('int_master__company') }}

),

profiles as (

    select * from {{ ref('int_ledger__booking') }}

),

event_values as (

    select event_values.*, profiles.profile, profiles.books_as
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
        rules.telling,
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
    inner join {{ ref('int_ledger__profile_rule') }} as rules
        on
            event_values.books_as = rules.books_as
            and event_values.rule_code = rules.event_code
            and event_values.part = rules.part

)

select
    company_id, profile, books_as, telling, event_code, rule_code, part, 'debit' as side, source_doc_type,
    source_doc_id, source_doc_line, posting_date, debit_role as account_role, item_id,
    to_location_id as location_id, channel, party_id, amount, amount_doc, currency_doc, qty,
    movement_id, movement_line, invoice_id, invoice_line, receipt_id, receipt_line, sale_key
from ruled
where debit_role <> '' and debit_role <> credit_role
union all
select
    company_id, profile, books_as, telling, event_code, rule_code, part, 'credit', source_doc_type,
    source_doc_id, source_doc_line, posting_date, credit_role, item_id,
    from_location_id, channel, party_id, -amount, -amount_doc, currency_doc, -qty,
    movement_id, movement_line, invoice_id, invoice_line, receipt_id, receipt_line, sale_key
from ruled
where credit_role <> '' and credit_role <> debit_role
