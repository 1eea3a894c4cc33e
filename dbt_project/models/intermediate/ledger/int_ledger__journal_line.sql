with

companies as (

    select * from {{ ref('int_master__company') }}

),

journal_lines as (

    select * from {{ ref('stg_gl__journal_line') }}

),

accounts as (

    select * from {{ ref('int_ledger__account') }}

),

locations as (

    select * from {{ ref('int_master__location_code') }}

),

reversals as (

    select company_id, source_system, reversal_of
    from journal_lines
    where reversal_of <> ''
    group by company_id, source_system, reversal_of

),

reversed as (      -- a reversal that names no document is of the document of what it reverses

    select
        journal_lines.company_id,
        journal_lines.source_system,
        journal_lines.journal_id,
        min(journal_lines.source_doc_type) as source_doc_type,
        min(journal_lines.source_doc_id) as source_doc_id
    from journal_lines
    inner join reversals
        on
            journal_lines.company_id = reversals.company_id
            and journal_lines.source_system = reversals.source_system
            and journal_lines.journal_id = reversals.reversal_of
    where journal_lines.source_doc_id <> ''
    group by journal_lines.company_id, journal_lines.source_system, journal_lines.journal_id
    having min(journal_lines.source_doc_id) = max(journal_lines.source_doc_id)

),

currency_days as (

    select * from {{ ref('int_ledger__currency_day') }}

)

select
    journal_lines.company_id,
    journal_lines.source_system,
    coalesce(journal_lines.ledger, '') as ledger,
    journal_lines.journal_id,
    journal_lines.journal_line,
    journal_lines.posting_date,
    journal_lines.document_date,
    journal_lines.fiscal_year,
    journal_lines.fiscal_period,
    journal_lines.account as account_code,
    accounts.account_role,
    accounts.tie_group,
    -- a line in another currency whose value the sender did not know is valued at the day's rate
    cast(
        coalesce(journal_lines.amount, journal_lines.amount_txn * currency_days.rate)
        as decimal(18, 4)
    ) as actual_amount,
    journal_lines.currency,
    journal_lines.amount_txn as amount_doc,
    journal_lines.currency_txn as currency_doc,
    journal_lines.quantity,
    journal_lines.cost_center,
    case
        when coalesce(journal_lines.location_code, '') = '' then ''
        else coalesce(locations.location_id, journal_lines.location_code)
    end as location_id,
    journal_lines.item_code,
    journal_lines.party_code,
    journal_lines.party_role,
    journal_lines.source_module,
    journal_lines.journal_source,
    coalesce(reversed.source_doc_type, journal_lines.source_doc_type) as source_doc_type,
    coalesce(reversed.source_doc_id, journal_lines.source_doc_id) as source_doc_id,
    journal_lines.source_doc_line,
    journal_lines.reference,
    journal_lines.header_text,
    journal_lines.line_text,
    -- the last word of the text is where people and systems put the number of the document
    regexp_extract(
        trim(coalesce(journal_lines.reference, journal_lines.line_text, '')), '([^ ]+)$', 1
    ) as text_reference,
    journal_lines.entered_at,
    journal_lines.entered_by,
    journal_lines.approved_by,
    coalesce(journal_lines.is_manual, journal_lines.source_module = 'MANUAL', false) as is_manual,
    journal_lines.posted_status = 'posted' as is_posted,
    journal_lines.reversal_of
from journal_lines
inner join companies
    on journal_lines.company_id = companies.company_id
left join accounts
    on
        journal_lines.company_id = accounts.company_id
        and journal_lines.account = accounts.account_code
left join locations
    on
        journal_lines.source_system = locations.source_system
        and journal_lines.company_id = locations.company_id
        and journal_lines.location_code = locations.location_code
left join reversed
    on
        journal_lines.company_id = reversed.company_id
        and journal_lines.source_system = reversed.source_system
        and case when coalesce(journal_lines.source_doc_id, '') = '' then journal_lines.reversal_of end
        = reversed.journal_id
left join currency_days
    on
        journal_lines.company_id = currency_days.company_id
        and case when journal_lines.amount is null then journal_lines.currency_txn end = currency_days.from_currency
        and journal_lines.posting_date = currency_days.date
where journal_lines.posting_date <= companies.as_of_date
