-- Everything that makes ledger and subledger differ, with the sign of ledger - subledger, each with
-- the entry or document it stands for and the problem it is part of.

with

openings as (

    select * from {{ ref('int_ledger__opening') }}
    where expected_amount <> ledger_amount

),

first_periods as (

    select company_id, min(fiscal_year * 100 + fiscal_period) as period_key
    from {{ ref('int_ledger__balance_movement') }}
    group by company_id

),

periods as (

    select * from {{ ref('int_ledger__period') }}

),

taken_in as (      -- an opening that a journal posts agrees with its day

    select company_id, tie_group, posting_date
    from {{ ref('int_ledger__group_day') }}
    where opening_count > 0 and not is_opening_apart

),

begun as (

    select
        openings.*,
        periods.fiscal_year,
        periods.fiscal_period,
        periods.start_date
    from openings
    left join first_periods
        on openings.company_id = first_periods.company_id
    inner join periods
        on
            openings.company_id = periods.company_id
            and case
                when first_periods.period_key is not null
                    then periods.fiscal_year * 100 + periods.fiscal_period = first_periods.period_key
                else openings.posting_date between periods.start_date and periods.end_date
            end
    left join taken_in
        on
            openings.company_id = taken_in.company_id
            and openings.tie_group = taken_in.tie_group
            and openings.posting_date = taken_in.posting_date
    left join {{ ref('int_ledger__opening_entry') }} as entries
        on
            openings.company_id = entries.company_id
            and openings.tie_group = entries.tie_group
            and openings.location_id = entries.location_id
    where taken_in.company_id is null and entries.company_id is null

)

select
    company_id, fiscal_year, fiscal_period, posting_date, account_code, tie_group, location_id, side,
    item_class, amount, problem_key, source_system, journal_id, journal_line, doc_kind, doc_id,
    doc_line, movement_id, item_id,
    case when doc_kind = 'supplier_invoice' then doc_id end as supplier_invoice_id,
    1 as entry_count, reference
from {{ ref('int_ledger__document_difference') }}
union all
select
    company_id, fiscal_year, fiscal_period, posting_date, account_code, tie_group, location_id, side,
    item_class, amount, problem_key, source_system, journal_id, journal_line, doc_kind, doc_id,
    doc_line, movement_id, item_id, supplier_invoice_id, entry_count, null
from {{ ref('int_ledger__day_difference') }}
union all
select
    receipts.company_id, days.fiscal_year, days.fiscal_period, receipts.ledger_date,
    receipts.account_code, receipts.tie_group, receipts.location_id, 'expected',
    case when account_role = 'GRIR' then 'MISSING_IN_GL' else 'RECEIPT_NOT_CAPITALISED' end,
    -expected_amount, concat_ws('|', 'receipt', receipt_id, receipt_line), null, null, null,
    'receipt', receipt_id, receipt_line, movement_id, item_id, null, 1, null
from {{ ref('int_ledger__uncapitalised_posting') }} as receipts
inner join {{ ref('int_master__calendar_day') }} as days
    on
        receipts.company_id = days.company_id
        and receipts.ledger_date = days.date
where not receipts.is_by_document
union all
select
    company_id, fiscal_year, fiscal_period, start_date, account_code, tie_group, location_id,
    'actual', 'OPENING_DIFF', ledger_amount - expected_amount,
    concat_ws('|', 'opening', account_code), null, null, null,
    'opening', account_code, '', null, null, null, 1, null
from begun
