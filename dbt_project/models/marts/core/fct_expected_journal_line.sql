with

run as (

    select * from {{ ref('int_control__run') }}

),

lines as (

    select * from {{ ref('int_ledger__expected_line') }}
    where line_purpose <> 'opening'

)

select
    lines.company_id,
    lines.expected_journal_id,
    lines.line,
    lines.line_purpose,
    lines.posting_date,
    lines.fiscal_year,
    lines.fiscal_period,
    lines.account_role,
    lines.account_code,
    lines.event_code,
    lines.part,
    lines.source_doc_type,
    lines.source_doc_id,
    lines.source_doc_line,
    lines.movement_id,
    lines.movement_line,
    lines.invoice_id,
    lines.invoice_line,
    lines.receipt_id,
    lines.receipt_line,
    lines.item_id,
    lines.location_id,
    lines.party_id,
    lines.valuation_class,
    lines.channel,

    lines.expected_amount,
    lines.currency,
    lines.amount_doc,
    lines.currency_doc,
    lines.qty,
    lines.posting_profile,

    run.as_of_at,
    run.watermark_at
from lines
cross join run
