{{ config(materialized='view') }}

-- All value of all events in one shape, before accounts: step 1 of 3 of the expected ledger.

select
    company_id, event_code, rule_code, part, source_doc_type, source_doc_id, source_doc_line,
    posting_date, item_id, to_location_id, from_location_id, from_role, to_role,
    '' as channel, cast(null as varchar) as party_id,
    amount, cast(null as decimal(18, 4)) as amount_doc, cast(null as varchar) as currency_doc, qty,
    movement_id, movement_line, cast(null as varchar) as invoice_id,
    cast(null as varchar) as invoice_line, receipt_id, receipt_line
from {{ ref('int_ledger__goods_value') }}
union all
select
    company_id, event_code, event_code, part, source_doc_type, source_doc_id, source_doc_line,
    posting_date, item_id, location_id, location_id, null, null,
    channel, party_id,
    amount, amount_doc, currency_doc, qty,
    null, null, null, null, null, null
from {{ ref('int_ledger__sale_value') }}
union all
select
    company_id, event_code, event_code, part, source_doc_type, source_doc_id, source_doc_line,
    posting_date, item_id, '', '', null, null,
    '', party_id,
    amount, amount_doc, currency_doc, qty,
    null, null, source_doc_id, source_doc_line, null, null
from {{ ref('int_ledger__invoice_value') }}
