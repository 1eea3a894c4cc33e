-- Applied and proposed, stacked. A proposal carries no line of the source.

with

discounts as (

    select * from {{ ref('int_cash__discount') }}

),

receipts as (

    select * from {{ ref('int_cash__receipt') }}

),

documents as (

    select * from {{ ref('int_receivable__document') }}

)

select
    applied.company_id,
    applied.source_system,
    applied.receipt_id,
    applied.application_line,
    applied.source_system as invoice_source_system,
    applied.invoice_id,
    0 as instalment,
    'actual' as origin,
    applied.rule,
    applied.settled_by,
    applied.settling_document_id,
    discounts.invoice_number,
    discounts.party_id,
    applied.value_date,
    applied.applied_date,
    discounts.discount_date,
    documents.currency as currency_doc,
    documents.company_currency as currency,
    applied.rate,
    applied.applied_amount_doc,
    applied.discount_amount_doc,
    case when discounts.is_judged then discounts.allowed_discount_doc end as allowed_discount_doc,
    applied.deduction_amount_doc,
    applied.deduction_reason,
    applied.write_off_amount_doc
from {{ ref('int_cash__actual') }} as applied
inner join discounts
    on
        applied.company_id = discounts.company_id
        and applied.source_system = discounts.source_system
        and applied.receipt_id = discounts.cash_receipt_id
        and applied.application_line = discounts.application_line
inner join documents
    on
        applied.company_id = documents.company_id
        and applied.source_system = documents.source_system
        and applied.invoice_id = documents.invoice_id
union all
select
    proposals.company_id,
    proposals.receipt_source_system,
    proposals.receipt_id,
    concat_ws('|', 'proposed', proposals.invoice_source_system, proposals.invoice_id, proposals.instalment),
    proposals.invoice_source_system,
    proposals.invoice_id,
    proposals.instalment,
    'proposed',
    proposals.rule_code,
    'cash',
    null,
    documents.invoice_number,
    documents.party_id,
    receipts.value_date,
    null,
    documents.discount_date,
    documents.currency,
    documents.company_currency,
    documents.rate,
    proposals.applied_amount,
    proposals.discount_amount,
    proposals.discount_amount,
    proposals.deduction_amount,
    proposals.deduction_reason,
    proposals.write_off_amount
from {{ ref('stg_computed__cash_proposal') }} as proposals
inner join documents
    on
        proposals.company_id = documents.company_id
        and proposals.invoice_source_system = documents.source_system
        and proposals.invoice_id = documents.invoice_id
inner join receipts
    on
        proposals.company_id = receipts.company_id
        and proposals.receipt_source_system = receipts.source_system
        and proposals.receipt_id = receipts.receipt_id
