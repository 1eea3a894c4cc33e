-- Problems between ledger and subledger, each under the problem it follows from, where there is one:
-- a receipt that was never capitalised, an adjustment that never reached the ledger, goods and entry
-- on both sides of a period end, a journal that does not balance. The root carries the amount.

with

problems as (

    select problems.*
    from {{ ref('int_ledger__problem') }} as problems
    left join {{ ref('int_ledger__account') }} as accounts
        on
            problems.company_id = accounts.company_id
            and problems.account_code = accounts.account_code
    where
        problems.is_reported
        and not problems.is_settled
        and problems.item_class <> 'RECEIPT_NOT_CAPITALISED'
        -- equity stands against what stock begins with: the same difference once more
        and not (problems.item_class = 'OPENING_DIFF' and coalesce(accounts.account_role, '') = 'EQUITY')

),

cutoffs as (

    select
        company_id,
        journal_id,
        min(concat_ws('|', 'cutoff', document_kind, document_id, journal_id)) as root_key
    from {{ ref('int_ledger__cutoff') }}
    group by company_id, journal_id

),

unbalanced as (

    select company_id, journal_id, min(business_key) as root_key
    from {{ ref('int_exception__journal') }}
    group by company_id, journal_id

),

adjusted as (

    select
        company_id, movement_id, count_id,
        min(code) as code,
        min(business_key) as root_key
    from {{ ref('int_exception__adjustment') }}
    group by company_id, movement_id, count_id

),

counted as (

    select
        adjustments.company_id,
        adjustments.count_id,
        adjustments.count_line,
        min(adjustments.source_movement_id) as movement_id
    from {{ ref('int_stock__adjustment') }} as adjustments
    where adjustments.count_id is not null
    group by adjustments.company_id, adjustments.count_id, adjustments.count_line

),

named as (

    select
        problems.*,
        case
            when problems.doc_kind = 'movement' then problems.doc_id
            else coalesce(counted.movement_id, problems.movement_id)
        end as named_movement_id
    from problems
    left join counted
        on
            problems.company_id = counted.company_id
            and case when problems.doc_kind = 'count' then problems.doc_id end = counted.count_id
            and problems.doc_line = counted.count_line

),

rooted as (

    select
        named.*,
        case
            when
                named.doc_kind = 'receipt' and receipts.receipt_id is not null
                and named.item_class = 'MISSING_IN_GL'
                then md5(concat_ws('|', 'RECEIPT_NOT_CAPITALISED', named.company_id, named.problem_key))
            when named.item_class = 'WRONG_PERIOD' and cutoffs.root_key is not null
                then md5(concat_ws('|', 'CUTOFF_ERROR', named.company_id, cutoffs.root_key))
            when named.item_class like 'AMOUNT%' and unbalanced.root_key is not null
                then md5(concat_ws('|', 'JOURNAL_UNBALANCED', named.company_id, unbalanced.root_key))
            when named.item_class = 'MISSING_IN_GL' and adjusted.root_key is not null
                then md5(concat_ws('|', adjusted.code, named.company_id, adjusted.root_key))
        end as root_exception_id
    from named
    left join cutoffs
        on
            named.company_id = cutoffs.company_id
            and named.journal_id = cutoffs.journal_id
    left join unbalanced
        on
            named.company_id = unbalanced.company_id
            and named.journal_id = unbalanced.journal_id
    left join adjusted
        on
            named.company_id = adjusted.company_id
            and named.named_movement_id = adjusted.movement_id
    left join {{ ref('int_purchasing__uncapitalised_receipt') }} as receipts
        on
            named.company_id = receipts.company_id
            and named.doc_id = receipts.receipt_id
            and named.doc_line = receipts.receipt_line

)

select * from rooted
