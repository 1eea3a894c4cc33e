{{ config(materialized='view') }}

-- All that the ledger should hold: what events cause, and settlements, which cause themselves.

select
    company_id, expected_journal_id, line, line_purpose, posting_date, fiscal_year, fiscal_period,
    account_role, account_code, event_code, part, source_doc_type, source_doc_id, source_doc_line,
    movement_id, movement_line, invoice_id, invoice_line, receipt_id, receipt_line, item_id,
    location_id, party_id, valuation_class, channel, expected_amount, currency, amount_doc,
    currency_doc, qty, posting_profile
from {{ ref('int_ledger__event_line') }}
union all
select
    settlements.company_id,
    md5(concat_ws('|', settlements.company_id, settlements.source_system, settlements.journal_id)),
    cast(row_number() over (
        partition by settlements.company_id, settlements.source_system, settlements.journal_id
        order by length(settlements.journal_line), settlements.journal_line
    ) as bigint),
    'event', settlements.posting_date, settlements.fiscal_year, settlements.fiscal_period,
    settlements.account_role, settlements.account_code, null, 'settlement',
    settlements.source_doc_type, settlements.source_doc_id, settlements.source_doc_line,
    null, null, null, null, null, null, null,
    settlements.location_id, null, '', '', settlements.actual_amount, settlements.currency,
    settlements.amount_doc, settlements.currency_doc, 0, profiles.profile
from {{ ref('int_ledger__settlement') }} as settlements
left join {{ ref('int_ledger__booking') }} as profiles
    on
        settlements.company_id = profiles.company_id
        and settlements.posting_date between profiles.valid_from and profiles.valid_to
