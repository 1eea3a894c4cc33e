-- What somebody has to look at: all lines of one cause, on whatever accounts and in whatever periods.
-- What is at stake is the turnover of the entry; where an entry has a wrong amount, what the account
-- that is hit hardest is off by.

with

lines as (

    select * from {{ ref('int_ledger__difference_line') }}

),

by_account as (

    select
        company_id, item_class, problem_key, tie_group,
        abs(sum(amount)) as off_amount,
        max(case when is_answer then 1 else 0 end) as is_answer
    from lines
    group by company_id, item_class, problem_key, tie_group

),

most as (      -- what an entry of ours has answered to the cent is settled

    select
        company_id, item_class, problem_key,
        max(off_amount) as off_amount,
        max(is_answer) = 1 and max(off_amount) = 0 as is_settled
    from by_account
    group by company_id, item_class, problem_key

),

forced as (

    select company_id, problem_key, min(tie_group) as tie_group, max(abs(amount)) as amount
    from {{ ref('int_ledger__forced_journal') }}
    group by company_id, problem_key

),

turned as (

    select
        company_id, item_class, problem_key,
        min(posting_date) as posting_date,
        max(posting_date) as last_posting_date,
        min(fiscal_year * 100 + fiscal_period) as first_period_key,
        greatest(
            sum(case when is_main and amount > 0 then amount else 0 end),
            -sum(case when is_main and amount < 0 then amount else 0 end)
        ) as turnover_amount,
        max(abs(amount)) as largest_amount,
        min(doc_kind) as doc_kind,
        min(doc_id) as doc_id,
        case when count(distinct doc_line) = 1 then min(doc_line) end as doc_line,
        min(movement_id) as movement_id,
        case when count(distinct item_id) = 1 then min(item_id) end as item_id,
        min(supplier_invoice_id) as supplier_invoice_id,
        min(source_system) as source_system,
        min(journal_id) as journal_id,
        min(case when control_turn = 1 then journal_line end) as control_line,
        sum(case when side = 'actual' then 1 else 0 end) as actual_count,
        min(account_code) as account_code,
        sum(entry_count) as entry_count,
        min(proposal_key) as proposal_key,
        max(is_own) as is_own
    from (
        select
            lines.*,
            case when shared.account_role is null then 1 else 0 end as is_own,
            (item_class <> 'WRONG_PERIOD' or side = 'actual') and not is_answer as is_main,
            -- of an entry by hand the line that says most stands for it
            row_number() over (
                partition by lines.company_id, item_class, problem_key, side
                order by
                    case
                        when
                            accounts.is_control
                            or accounts.account_role in ('INV', 'INV_TRANSIT', 'INV_INTERIM', 'GRIR', 'AR', 'AP')
                            then 0
                        else 1
                    end,
                    length(lines.journal_line), lines.journal_line
            ) as control_turn
        from lines
        left join {{ ref('int_ledger__account') }} as accounts
            on
                lines.company_id = accounts.company_id
                and lines.account_code = accounts.account_code
        left join {{ ref('shared_role') }} as shared
            on accounts.account_role = shared.account_role
    ) as numbered
    group by company_id, item_class, problem_key

)

select
    turned.company_id,
    turned.item_class,
    turned.problem_key,
    case
        when turned.item_class = 'RECEIPT_NOT_CAPITALISED' then turned.item_class
        when turned.item_class = 'MANUAL_JOURNAL' and forced.problem_key is not null
            then 'MANUAL_JE_FORCE'
        else 'GL_' || turned.item_class
    end as code,
    turned.posting_date,
    turned.first_period_key,
    case
        when turned.item_class like 'AMOUNT%' then most.off_amount
        when turned.item_class in ('WRONG_ACCOUNT', 'OPENING_DIFF') then turned.largest_amount
        when forced.problem_key is not null then forced.amount
        else turned.turnover_amount
    end as exposure_amount,
    turned.doc_kind,
    turned.doc_id,
    turned.doc_line,
    turned.movement_id,
    turned.item_id,
    turned.supplier_invoice_id,
    turned.source_system,
    turned.journal_id,
    case
        when turned.item_class in ('MANUAL_JOURNAL', 'WRONG_ACCOUNT') or turned.actual_count = 1
            then turned.control_line
    end as journal_line,
    turned.account_code,
    turned.entry_count,
    turned.proposal_key,
    most.is_settled,
    -- an entry of the system that touches no account of goods, customers or suppliers is not ours;
    -- where the role of a document has no account, none can be wrong
    (turned.is_own = 1 or turned.item_class <> 'MISSING_IN_SUBLEDGER')
    and not (
        turned.item_class = 'WRONG_ACCOUNT' and turned.account_code = ''
        and turned.doc_kind is not null
    ) as is_reported
from turned
inner join most
    on
        turned.company_id = most.company_id
        and turned.item_class = most.item_class
        and turned.problem_key = most.problem_key
left join forced
    on
        turned.company_id = forced.company_id
        and turned.problem_key = forced.problem_key
