{{ config(materialized='view') }}

-- The part of our expected inventory that the ledger never took in, by account and day: an item of
-- its own, so that it hides no other difference of the day.

with

receipts as (

    select * from {{ ref('int_purchasing__uncapitalised_receipt') }}

),

postings as (

    select
        company_id, receipt_id, receipt_line, account_role, valuation_class, location_id,
        min(posting_date) as posting_date
    from {{ ref('int_ledger__stock_posting') }}
    where is_from_supplier and receipt_id is not null
    group by company_id, receipt_id, receipt_line, account_role, valuation_class, location_id

),

both_sides as (

    select
        receipts.*, postings.account_role, postings.valuation_class,
        postings.location_id as posting_location_id, postings.posting_date as ledger_date,
        receipts.amount as expected_amount
    from receipts
    inner join postings
        on
            receipts.company_id = postings.company_id
            and receipts.receipt_id = postings.receipt_id
            and receipts.receipt_line = postings.receipt_line
    union all
    select
        receipts.*, 'GRIR', postings.valuation_class,
        postings.location_id, postings.posting_date,
        -receipts.amount
    from receipts
    inner join postings
        on
            receipts.company_id = postings.company_id
            and receipts.receipt_id = postings.receipt_id
            and receipts.receipt_line = postings.receipt_line

)

select
    both_sides.*,
    choices.account_code,
    choices.tie_group
from both_sides
inner join {{ ref('int_ledger__account_choice') }} as choices
    on
        both_sides.company_id = choices.company_id
        and both_sides.ledger_date = choices.posting_date
        and both_sides.account_role = choices.account_role
        and both_sides.valuation_class = choices.valuation_class
        and both_sides.posting_location_id = choices.location_id
        and choices.channel = ''
