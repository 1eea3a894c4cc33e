-- A document opens, is settled, or settles another as a credit; each on its day.

select
    company_id,
    source_system,
    invoice_id,
    invoice_date as moved_on,
    gross_amount_doc as amount_doc,
    'opened' as movement_kind,
    '' as movement_ref
from {{ ref('int_receivable__document') }}
union all
select
    company_id, source_system, invoice_id, applied_date, -settled_amount_doc,
    'settled', concat_ws('|', cash_receipt_id, application_line)
from {{ ref('int_billing__settlement') }}
union all
select
    company_id, source_system, settling_document_id, applied_date, settled_amount_doc,
    'used', concat_ws('|', cash_receipt_id, application_line)
from {{ ref('int_billing__settlement') }}
where settled_by = 'credit_memo' and settling_document_id is not null
