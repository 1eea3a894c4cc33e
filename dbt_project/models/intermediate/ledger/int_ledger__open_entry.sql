-- The entries of open days, side by side: within a day, entries of one size that both sides have
-- cancel out, and what is left is counted off from the side that has too many.

with

open_days as (

    select open_days.*
    from {{ ref('int_ledger__open_day') }} as open_days
    left join {{ ref('int_ledger__wrong_account') }} as posted
        on
            open_days.company_id = posted.company_id
            and open_days.posting_date = posted.posting_date
            and open_days.tie_group = posted.posted_group
    left join {{ ref('int_ledger__wrong_account') }} as expected
        on
            open_days.company_id = expected.company_id
            and open_days.posting_date = expected.posting_date
            and open_days.tie_group = expected.expected_group
    where
        open_days.is_in_ledger
        and open_days.follows_documents
        and posted.company_id is null
        and expected.company_id is null

),

entries as (

    select
        company_id, tie_group, posting_date, side, account_code, location_id, amount,
        case when side = 'actual' then source_system end as source_system,
        case when side = 'actual' then entry_id end as journal_id,
        case when side = 'actual' then entry_line end as journal_line,
        is_manual,
        case when side = 'expected' then doc_kind end as document_kind,
        case when side = 'expected' then doc_id end as document_id,
        case when side = 'expected' then doc_line end as document_line,
        movement_id,
        false as is_opening
    from {{ ref('int_ledger__lone_posting') }}
    where not is_by_document
    union all
    select
        company_id, tie_group, posting_date, 'expected', account_code, location_id,
        expected_amount - ledger_amount, null, null, null, false, 'opening', account_code, location_id,
        null, true
    from {{ ref('int_ledger__opening') }}
    where expected_amount <> ledger_amount and posting_date is not null
    union all
    select
        company_id, tie_group, ledger_date, 'known', account_code, location_id, -expected_amount,
        null, null, null, false, 'receipt', receipt_id, receipt_line, movement_id, false
    from {{ ref('int_ledger__uncapitalised_posting') }}
    where not is_by_document

)

select
    entries.*,
    open_days.fiscal_year,
    open_days.fiscal_period,
    abs(entries.amount) as size_amount,
    case when entries.side = 'actual' then entries.amount else -entries.amount end
        as difference_amount,
    sum(case when entries.side = 'actual' then entries.amount else -entries.amount end) over (
        partition by
            entries.company_id, entries.tie_group, entries.posting_date, abs(entries.amount)
    ) as residual_amount
from entries
inner join open_days
    on
        entries.company_id = open_days.company_id
        and entries.tie_group = open_days.tie_group
        and entries.posting_date = open_days.posting_date
        and not (entries.is_opening and open_days.is_opening_apart)
