-- rendered from models/contracts/gl.py; edit there
with

latest as (

    {{ latest_version(source('raw', 'gl_journal_line')) }}

)

select
    journal_id,
    journal_line,
    ledger,
    posting_date,
    document_date,
    fiscal_year,
    fiscal_period,
    account,
    amount,
    debit_credit,
    currency,
    amount_txn,
    currency_txn,
    quantity,
    uom,
    cost_center,
    location_code,
    item_code,
    party_code,
    party_role,
    source_module,
    journal_source,
    source_doc_type,
    source_doc_id,
    source_doc_line,
    reference,
    header_text,
    line_text,
    entered_at,
    entered_by,
    approved_by,
    posted_status,
    is_manual,
    reversal_of,
    batch_id,
    source_system,
    company_id,
    source_updated_at,
    is_deleted,
    _batch_id,
    _delivered_at,
    _source_file,
    _row_number
from latest
