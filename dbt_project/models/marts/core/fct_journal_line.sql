with

run as (

    select * from {{ ref('int_control__run') }}

),

journal_lines as (

    select * from {{ ref('int_ledger__journal_line') }}

),

item_codes as (

    select * from {{ ref('int_master__item_code') }}

),

party_codes as (

    select * from {{ ref('int_master__party_code') }}

)

select
    journal_lines.company_id,
    journal_lines.source_system,
    journal_lines.ledger,
    journal_lines.journal_id,
    journal_lines.journal_line,
    journal_lines.posting_date,
    journal_lines.document_date,
    journal_lines.fiscal_year,
    journal_lines.fiscal_period,
    journal_lines.account_code,
    journal_lines.account_role,

    journal_lines.actual_amount,
    journal_lines.currency,
    journal_lines.amount_doc,
    journal_lines.currency_doc,
    journal_lines.quantity,

    nullif(journal_lines.location_id, '') as location_id,
    journal_lines.cost_center,
    coalesce(item_codes.item_id, journal_lines.item_code) as item_id,
    coalesce(party_codes.party_id, journal_lines.party_code) as party_id,
    journal_lines.party_role,

    journal_lines.source_module,
    journal_lines.journal_source,
    journal_lines.source_doc_type,
    journal_lines.source_doc_id,
    journal_lines.source_doc_line,
    journal_lines.reference,
    journal_lines.header_text,
    journal_lines.line_text,
    journal_lines.text_reference,
    journal_lines.entered_at,
    journal_lines.entered_by,
    journal_lines.approved_by,
    journal_lines.is_manual,
    journal_lines.is_posted,
    journal_lines.reversal_of,

    run.as_of_at,
    run.watermark_at
from journal_lines
left join item_codes
    on
        journal_lines.source_system = item_codes.source_system
        and journal_lines.company_id = item_codes.company_id
        and journal_lines.item_code = item_codes.item_code
left join party_codes
    on
        journal_lines.source_system = party_codes.source_system
        and journal_lines.company_id = party_codes.company_id
        and journal_lines.party_code = party_codes.party_code
        and journal_lines.party_role = party_codes.party_role
cross join run
