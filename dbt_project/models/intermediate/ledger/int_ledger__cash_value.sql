-- Money from customers (E59), in the parts to which the seed posting_rule gives accounts: what came
-- in, what it settles, what waits to be applied and what is applied later, discounts, write-offs.
-- What is left is the difference between the rates of invoice and payment. What bounces is booked
-- back on the day it does.

with

receipts as (

    select * from {{ ref('int_ledger__cash_receipt') }}

),

uses as (

    select
        uses.*,
        receipts.rate,
        receipts.currency_decimals,
        receipts.party_id,
        receipts.currency_doc
    from {{ ref('int_ledger__cash_use') }} as uses
    inner join receipts
        on
            uses.company_id = receipts.company_id
            and uses.source_system = receipts.source_system
            and uses.cash_receipt_id = receipts.cash_receipt_id

),

parts as (

    select
        company_id, source_system, cash_receipt_id, '' as line, 'cash' as part,
        receipt_date as posting_date, bounced_on, party_id,
        {{ minor_unit('amount * rate', 'currency_decimals') }} as amount, amount as amount_doc, currency_doc
    from receipts
    union all
    select
        company_id, source_system, cash_receipt_id, line, 'unapplied', posting_date, bounced_on,
        party_id, amount, amount_doc, currency_doc
    from {{ ref('int_ledger__cash_waiting') }}
    union all
    select
        company_id, source_system, cash_receipt_id, application_line,
        case when used_as = 'invoice' then 'settled' else 'credit_used' end,
        posting_date, bounced_on, party_id,
        coalesce(booked_amount, {{ minor_unit('settled_amount_doc * rate', 'currency_decimals') }}),
        settled_amount_doc, currency_doc
    from uses
    union all
    select
        company_id, source_system, cash_receipt_id, application_line, 'discount',
        posting_date, bounced_on, party_id,
        {{ minor_unit('discount_amount_doc * rate', 'currency_decimals') }}, discount_amount_doc, currency_doc
    from uses
    where used_as = 'invoice'
    union all
    select
        company_id, source_system, cash_receipt_id, application_line, 'write_off',
        posting_date, bounced_on, party_id,
        {{ minor_unit('write_off_amount_doc * rate', 'currency_decimals') }}, write_off_amount_doc, currency_doc
    from uses
    where used_as = 'invoice'

),

turned as (

    select *, false as is_back from parts
    union all
    select
        company_id, source_system, cash_receipt_id, line, part, bounced_on, bounced_on, party_id,
        -amount, -amount_doc, currency_doc, true
    from parts
    where bounced_on is not null

)

select
    company_id,
    source_system,
    'E59' as event_code,
    part,
    is_back,
    'cash_receipt' as source_doc_type,
    cash_receipt_id as source_doc_id,
    line as source_doc_line,
    posting_date,
    party_id,
    cast(amount as decimal(18, 4)) as amount,
    cast(amount_doc as decimal(18, 4)) as amount_doc,
    currency_doc
from turned
where amount <> 0
