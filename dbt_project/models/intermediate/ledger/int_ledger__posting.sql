{{ config(materialized='view') }}

-- Both sides in one form. `cell` columns say where a line counts: group of accounts that are tied as
-- one, location where the ledger keeps the account by location, and fiscal period.

with

accounts as (

    select * from {{ ref('int_ledger__account') }}

),

located_accounts as (

    select * from {{ ref('int_ledger__located_account') }}

),

stacked as (

    select
        company_id, 'expected' as side, '' as source_system,
        expected_journal_id as entry_id, cast(line as varchar) as entry_line,
        source_doc_type as doc_kind, source_doc_id as doc_id,
        coalesce(source_doc_line, '') as doc_line,
        account_code, account_role, location_id, posting_date, fiscal_year, fiscal_period,
        expected_amount as amount, amount_doc, qty, item_id, event_code, movement_id, invoice_id,
        '' as reference, false as is_manual, false as is_foreign
    from {{ ref('int_ledger__expected_line') }}
    where line_purpose = 'event' and expected_amount <> 0
    union all
    select
        lines.company_id, 'actual', lines.source_system,
        lines.journal_id, lines.journal_line,
        coalesce(lines.source_doc_type, ''),
        coalesce(names.billable_event_id, lines.source_doc_id, ''),
        case when names.billable_event_id is null then coalesce(lines.source_doc_line, '') else '' end,
        lines.account_code, lines.account_role, lines.location_id, lines.posting_date,
        lines.fiscal_year, lines.fiscal_period,
        lines.actual_amount, lines.amount_doc, lines.quantity, lines.item_code, null, null, null,
        lines.text_reference, lines.is_manual, coalesce(lines.currency_doc <> lines.currency, false)
    from {{ ref('int_ledger__journal_line') }} as lines
    left join {{ ref('int_ledger__sale_name') }} as names
        on
            lines.company_id = names.company_id
            and case when lines.source_doc_type = 'movement' then lines.source_doc_id end
            = names.movement_id
    where lines.is_posted and lines.ledger = '' and lines.actual_amount <> 0

)

select
    stacked.company_id,
    stacked.side,
    stacked.source_system,
    stacked.entry_id,
    stacked.entry_line,
    stacked.doc_kind,
    stacked.doc_id,
    stacked.doc_line,
    stacked.account_code,
    stacked.account_role,
    -- a role that no account carries is a group of its own, so that its amount is not lost
    coalesce(accounts.tie_group, 'no account: ' || stacked.account_role) as tie_group,
    case when located_accounts.account_code is not null then coalesce(stacked.location_id, '') else '' end
        as location_id,
    stacked.posting_date,
    stacked.fiscal_year * 100 + stacked.fiscal_period as period_key,
    stacked.amount,
    stacked.amount_doc,
    stacked.qty,
    stacked.item_id,
    stacked.event_code,
    stacked.movement_id,
    stacked.invoice_id,
    stacked.reference,
    stacked.is_manual,
    stacked.is_foreign
from stacked
left join accounts
    on
        stacked.company_id = accounts.company_id
        and stacked.account_code = accounts.account_code
left join located_accounts
    on
        stacked.company_id = located_accounts.company_id
        and stacked.account_code = located_accounts.account_code
