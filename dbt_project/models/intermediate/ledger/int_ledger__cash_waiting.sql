-- Money that waits to be applied: what of a payment settles nothing on the day it comes, and what is
-- used of it later, by its own application or as the credit of another payment.

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
        receipts.currency_doc,
        case when uses.used_as = 'invoice' and uses.settled_with = 'cash' then uses.amount_applied else 0
        end as cash_amount_doc
    from {{ ref('int_ledger__cash_use') }} as uses
    inner join receipts
        on
            uses.company_id = receipts.company_id
            and uses.source_system = receipts.source_system
            and uses.cash_receipt_id = receipts.cash_receipt_id

),

applied_at_once as (

    select company_id, source_system, cash_receipt_id, sum(cash_amount_doc) as cash_amount_doc
    from uses
    where posting_date = receipt_date
    group by company_id, source_system, cash_receipt_id

),

money as (      -- on hand, and used later: by its own application, or as the credit of another payment

    select
        receipts.company_id, receipts.source_system, receipts.cash_receipt_id, '' as line,
        receipts.cash_receipt_id as money_id,
        receipts.receipt_date as posting_date, receipts.bounced_on, receipts.rate, receipts.party_id,
        receipts.currency_doc, receipts.currency_decimals,
        receipts.amount - coalesce(applied.cash_amount_doc, 0) as amount_doc
    from receipts
    left join applied_at_once as applied
        on
            receipts.company_id = applied.company_id
            and receipts.source_system = applied.source_system
            and receipts.cash_receipt_id = applied.cash_receipt_id
    union all
    select
        company_id, source_system, cash_receipt_id, application_line, cash_receipt_id, posting_date,
        bounced_on, rate, party_id, currency_doc, currency_decimals, -cash_amount_doc
    from uses
    where posting_date <> receipt_date and cash_amount_doc <> 0
    union all
    select
        uses.company_id, uses.source_system, uses.cash_receipt_id, uses.application_line,
        receipts.cash_receipt_id, uses.posting_date, uses.bounced_on, receipts.rate, uses.party_id,
        receipts.currency_doc, receipts.currency_decimals, -uses.amount_applied
    from uses
    inner join receipts
        on
            uses.settled_with = 'other_receipt'
            and uses.used_as = 'invoice'
            and uses.company_id = receipts.company_id
            and uses.source_system = receipts.source_system
            and uses.settling_document_id = receipts.cash_receipt_id

),

summed as (

    select
        *,
        sum(amount_doc) over (
            partition by company_id, source_system, money_id
            order by posting_date, cash_receipt_id, line
            rows between unbounded preceding and current row
        ) as upto_doc
    from money

)

select      -- the cumulative sum is rounded, then differences are taken
    *,
    {{ minor_unit('upto_doc * rate', 'currency_decimals') }}
    - {{ minor_unit('(upto_doc - amount_doc) * rate', 'currency_decimals') }} as amount
from summed
where amount_doc <> 0
