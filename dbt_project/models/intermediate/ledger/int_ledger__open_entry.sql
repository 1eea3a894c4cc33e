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

choices as (

    select * from {{ ref('int_ledger__account_choice') }}

),

entries as (

    select
        lines.company_id, lines.tie_group, lines.posting_date, 'actual' as side,
        lines.account_code, lines.location_id, lines.actual_amount as amount,
        lines.journal_id, lines.journal_line, lines.is_manual,
        null as document_kind, null as document_id, null as document_line,
        false as is_opening
    from {{ ref('int_ledger__journal_line') }} as lines
    where lines.is_posted and lines.ledger = '' and lines.actual_amount <> 0
    union all
    select
        postings.company_id, choices.tie_group, postings.posting_date, 'expected',
        choices.account_code, postings.location_id, postings.amount,
        null, null, false,
        postings.document_kind, postings.document_id, postings.document_line, postings.is_opening
    from {{ ref('int_ledger__expected_posting') }} as postings
    inner join choices
        on
            postings.company_id = choices.company_id
            and postings.posting_date = choices.posting_date
            and postings.account_role = choices.account_role
            and postings.valuation_class = choices.valuation_class
            and postings.location_id = choices.location_id
            and postings.channel = choices.channel
    where postings.amount <> 0
    union all
    select
        company_id, tie_group, ledger_date, 'known',
        account_code, posting_location_id, -expected_amount,
        null, null, false, 'receipt', receipt_id, receipt_line, false
    from {{ ref('int_ledger__uncapitalised_posting') }}

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
