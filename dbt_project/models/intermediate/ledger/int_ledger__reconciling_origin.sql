-- Every item once per account and period, where we have a subledger to compare with: the lines of a
-- problem that stand on one account are one item.

with

lines as (

    select lines.*
    from {{ ref('int_ledger__difference_line') }} as lines
    inner join (
        select company_id, account_code from {{ ref('int_ledger__tie_balance') }}
        where has_subledger and has_ledger
        group by company_id, account_code
    ) as tied
        on
            lines.company_id = tied.company_id
            and lines.account_code = tied.account_code

)

select
    company_id, fiscal_year, fiscal_period, account_code, location_id, item_class,
    problem_key as business_key,
    case
        when item_class = 'RECEIPT_NOT_CAPITALISED' then item_class
        else 'GL_' || item_class
    end as exception_code,
    min(posting_date) as posting_date,
    sum(amount) as amount,
    sum(entry_count) as entry_count,
    min(case when doc_kind = 'receipt' then doc_id end) as receipt_id,
    min(case when doc_kind = 'receipt' then nullif(doc_line, '') end) as receipt_line,
    min(movement_id) as movement_id,
    min(item_id) as item_id,
    min(case when doc_kind in ('invoice', 'credit_memo') then doc_id end) as invoice_id,
    min(supplier_invoice_id) as supplier_invoice_id,
    min(journal_id) as journal_id,
    case when count(*) = 1 then min(journal_line) end as journal_line
from lines
group by
    company_id, fiscal_year, fiscal_period, account_code, location_id, item_class, problem_key
having sum(amount) <> 0
