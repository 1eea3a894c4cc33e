-- What the ledger should hold, by role: what the profile books, what the lines of a document leave
-- open - it goes to the role of the part "rest", so that every journal balances -, what a count at
-- the end of a period says is left, and what control_transfer would add at that end.

with

booked as (

    select * from {{ ref('int_ledger__posting_leg') }}
    where telling = 'booked'

),

rest_rules as (

    select books_as, event_code, credit_role from {{ ref('int_ledger__profile_rule') }}
    where telling = 'booked' and part = 'rest'

),

open_rests as (

    select
        booked.company_id,
        booked.profile,
        booked.source_doc_type,
        booked.source_doc_id,
        booked.posting_date,
        min(rest_rules.event_code) as event_code,
        min(rest_rules.credit_role) as account_role,
        min(booked.party_id) as party_id,
        -sum(booked.amount) as amount
    from booked
    left join rest_rules
        on
            booked.books_as = rest_rules.books_as
            and booked.rule_code = rest_rules.event_code
    group by
        booked.company_id, booked.profile, booked.source_doc_type, booked.source_doc_id,
        booked.posting_date
    having sum(booked.amount) <> 0

)

select
    company_id, profile, 'event' as line_purpose, event_code, part, side, source_doc_type,
    source_doc_id, source_doc_line, posting_date, account_role, item_id, location_id, channel,
    party_id, amount, amount_doc, currency_doc, qty, movement_id, movement_line, invoice_id,
    invoice_line, receipt_id, receipt_line
from booked
union all
select
    company_id, profile, 'event', nullif(event_code, 'payment'), 'rest', 'credit', source_doc_type,
    source_doc_id, '', posting_date, account_role, null, '', '',
    party_id, amount, null, null, 0, null, null, null,
    null, null, null
from open_rests
where account_role is not null
union all
select
    company_id, profile, 'event', null, 'closing', side, 'count',
    source_doc_id, '', posting_date, account_role, null, '', '',
    null, amount, null, null, 0, null, null, null,
    null, null, null
from {{ ref('int_ledger__count_leg') }}
union all
select
    company_id, profile, 'cutoff_adjustment', null, 'cutoff', side, 'manual',
    source_doc_id, sale_key, posting_date, account_role, item_id, location_id, channel,
    party_id, amount, null, null, 0, null, null, null,
    null, null, null
from {{ ref('int_ledger__cutoff_leg') }}
