with

origins as (

    select * from {{ ref('int_ledger__reconciling_origin') }}
    where item_class not in ('TIMING_UNPOSTED', 'RECEIPT_NOT_CAPITALISED')

),

companies as (

    select * from {{ ref('int_master__company') }}

),

journal_lines as (

    select * from {{ ref('int_ledger__journal_line') }}

),

problems as (      -- a wrong account shows on two accounts and is one problem

    select
        exception_code as code,
        company_id,
        problem_key as business_key,
        min(posting_date) as posting_date,
        max(abs(amount)) as exposure_amount,
        max(nullif(account_code, '')) as account_code,
        max(item_id) as item_id,
        max(invoice_id) as invoice_id,
        max(supplier_invoice_id) as supplier_invoice_id,
        max(journal_id) as journal_id,
        max(journal_line) as journal_line,
        max(movement_id) as movement_id,
        max(receipt_id) as receipt_id,
        max(entry_count) as entry_count,
        max(fiscal_year) as fiscal_year,
        max(fiscal_period) as fiscal_period
    from origins
    group by exception_code, company_id, problem_key

),

cutoffs as (      -- goods and entry on both sides of a period end: the entry is the child

    select
        company_id,
        journal_id,
        min(concat_ws('|', 'cutoff', document_kind, document_id, journal_id)) as cutoff_key
    from {{ ref('int_ledger__cutoff') }}
    group by company_id, journal_id

),

texts as (

    select company_id, journal_id, journal_line, min(line_text) as line_text
    from journal_lines
    group by company_id, journal_id, journal_line

)

select
    problems.code,
    problems.company_id,
    problems.business_key,
    -- a receipt that was never capitalised is also missing on the other side: one root, one amount
    case
        when problems.receipt_id is not null
            then md5(concat_ws(
                '|', 'RECEIPT_NOT_CAPITALISED', problems.company_id, problems.business_key
            ))
        when problems.code = 'GL_WRONG_PERIOD' and cutoffs.cutoff_key is not null
            then md5(concat_ws('|', 'CUTOFF_ERROR', problems.company_id, cutoffs.cutoff_key))
    end as root_exception_id,
    cast(null as varchar) as party_id,
    problems.item_id,
    cast(null as varchar) as location_id,
    cast(null as varchar) as order_id,
    cast(null as varchar) as order_line,
    cast(null as varchar) as shipment_id,
    cast(null as varchar) as shipment_line,
    problems.invoice_id,
    cast(null as varchar) as invoice_line,
    problems.journal_id,
    problems.journal_line,
    problems.movement_id,
    problems.receipt_id,
    cast(null as varchar) as purchase_order_id,
    {{ midnight_utc('problems.posting_date', 'companies.timezone') }} as first_event_at,
    {{ midnight_utc('problems.posting_date', 'companies.timezone') }} as detected_at,
    case
        when problems.receipt_id is not null then 0
        when problems.code = 'GL_WRONG_PERIOD' and cutoffs.cutoff_key is not null then 0
        else problems.exposure_amount
    end as exposure_amount,
    case
        when problems.receipt_id is not null then 'counted in the root exception'
        when problems.code = 'GL_WRONG_PERIOD' and cutoffs.cutoff_key is not null
            then 'counted in the root exception'
        else 'difference on the account'
    end as exposure_basis,
    'ledger against subledger' as rule_id,
    {{ json_text([
        ('account', 'problems.account_code'),
        ('fiscal_year', 'problems.fiscal_year'),
        ('fiscal_period', 'problems.fiscal_period'),
        ('posting_date', 'problems.posting_date'),
        ('text', 'texts.line_text'),
        ('supplier_invoice_id', 'problems.supplier_invoice_id'),
        ('entries', 'problems.entry_count'),
    ]) }} as evidence
from problems
left join cutoffs
    on
        problems.company_id = cutoffs.company_id
        and problems.journal_id = cutoffs.journal_id
inner join companies
    on problems.company_id = companies.company_id
left join texts
    on
        problems.company_id = texts.company_id
        and problems.journal_id = texts.journal_id
        and problems.journal_line = texts.journal_line
