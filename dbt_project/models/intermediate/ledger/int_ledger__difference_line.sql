-- Everything that makes ledger and subledger differ. An entry that carries the key of a proposal of
-- ours belongs to the problem for which it was proposed, whoever posted it: together they add up to
-- nothing, and the problem is settled.

with

found as (

    select
        *,
        -- short enough for the field in which each ledger keeps a reference (SAP: 18 places)
        substr(md5(concat_ws(
            '|', company_id,
            -- a receipt that never came into the books is one entry on both of its accounts
            case when item_class = 'RECEIPT_NOT_CAPITALISED' then 'MISSING_IN_GL' else item_class end,
            problem_key
        )), 1, 16) as proposal_key
    from {{ ref('int_ledger__found_difference') }}

),

proposals as (

    select
        company_id, proposal_key, problem_key,
        max(item_class) as item_class,
        min(item_class) as other_class,
        min(doc_kind) as doc_kind,
        min(doc_id) as doc_id,
        min(doc_line) as doc_line
    from found
    where
        item_class in (
            'MISSING_IN_GL', 'RECEIPT_NOT_CAPITALISED', 'DUPLICATE_POSTING', 'WRONG_ACCOUNT',
            'WRONG_PERIOD', 'AMOUNT_COST', 'AMOUNT_QTY', 'AMOUNT_FX', 'AMOUNT_ROUND'
        )
    group by company_id, proposal_key, problem_key

)

select
    found.company_id,
    found.fiscal_year,
    found.fiscal_period,
    found.posting_date,
    found.account_code,
    found.tie_group,
    found.location_id,
    found.side,
    case
        when proposals.proposal_key is null then found.item_class
        when accounts.account_role = 'GRIR' then proposals.other_class
        else proposals.item_class
    end as item_class,
    found.amount,
    coalesce(proposals.problem_key, found.problem_key) as problem_key,
    coalesce(proposals.proposal_key, found.proposal_key) as proposal_key,
    proposals.proposal_key is not null as is_answer,
    found.source_system,
    found.journal_id,
    found.journal_line,
    coalesce(proposals.doc_kind, found.doc_kind) as doc_kind,
    coalesce(proposals.doc_id, found.doc_id) as doc_id,
    coalesce(proposals.doc_line, found.doc_line) as doc_line,
    found.movement_id,
    found.item_id,
    found.supplier_invoice_id,
    found.entry_count
from found
left join proposals
    on
        found.company_id = proposals.company_id
        and case
            when
                found.side = 'actual'
                and found.item_class in ('MANUAL_JOURNAL', 'MISSING_IN_SUBLEDGER')
                then found.reference
        end = proposals.proposal_key
left join {{ ref('int_ledger__account') }} as accounts
    on
        found.company_id = accounts.company_id
        and found.account_code = accounts.account_code
