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
            postings.company_id = receipts.company_id
            and postings.receipt_id = receipts.receipt_id
            and postings.receipt_line = receipts.receipt_line
    union all
    select
        receipts.*, 'GRIR', postings.valuation_class,
        postings.location_id, postings.posting_date,
        -receipts.amount
    from receipts
    inner join postings
        on
            postings.company_id = receipts.company_id
            and postings.receipt_id = receipts.receipt_id
            and postings.receipt_line = receipts.receipt_line

)

select
    both_sides.*,
    choices.account_code,
    choices.tie_group
from both_sides
inner join {{ ref('int_ledger__account_choice') }} as choices
    on
        choices.company_id = both_sides.company_id
        and choices.posting_date = both_sides.ledger_date
        and choices.account_role = both_sides.account_role
        and choices.valuation_class = both_sides.valuation_class
        and choices.location_id = both_sides.posting_location_id
        and choices.channel = ''
