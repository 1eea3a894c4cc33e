{{ config(materialized='view') }}

-- What we expect of a receipt that the ledger never took in, by account: an item of its own, so that
-- it hides no other difference of its day. Of a bill that covers a part of it only the rest is open.

with

receipts as (

    select * from {{ ref('int_purchasing__uncapitalised_receipt') }}

),

lone as (

    select * from {{ ref('int_ledger__lone_posting') }}
    where
        side = 'expected' and doc_kind = 'receipt'
        and account_role in ('INV', 'INV_TRANSIT', 'INV_INTERIM', 'GRIR')

),

summed as (

    select
        company_id, doc_id as receipt_id, doc_line as receipt_line, account_role, account_code,
        tie_group, location_id,
        min(posting_date) as ledger_date,
        min(is_by_document) as is_by_document,
        sum(amount) as amount
    from lone
    group by
        company_id, doc_id, doc_line, account_role, account_code, tie_group, location_id

)

select
    receipts.company_id,
    receipts.receipt_id,
    receipts.receipt_line,
    receipts.movement_id,
    receipts.item_id,
    summed.account_role,
    summed.account_code,
    summed.tie_group,
    summed.location_id,
    summed.ledger_date,
    summed.is_by_document,
    case
        when summed.is_by_document then summed.amount
        else sign(summed.amount) * least(abs(summed.amount), receipts.amount)
    end as expected_amount
from receipts
inner join summed
    on
        receipts.company_id = summed.company_id
        and receipts.receipt_id = summed.receipt_id
        and receipts.receipt_line = summed.receipt_line
where summed.amount <> 0
