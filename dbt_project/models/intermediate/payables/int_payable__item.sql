-- Payables as of the run, rebuilt from invoices and payments; where a company sends no payments,
-- what its own payables ledger says at its last list.

with

paying_companies as (

    select company_id from {{ ref('stg_purchasing__payment') }}
    group by company_id

),

standings as (

    select standings.*
    from {{ ref('int_payable__standing') }} as standings
    inner join paying_companies
        on standings.company_id = paying_companies.company_id
    where standings.until_date = date '9999-12-31'

)

select
    documents.company_id,
    documents.source_system,
    documents.supplier_invoice_id,
    documents.invoice_number,
    documents.invoice_type as document_type,
    documents.party_id,
    documents.invoice_date,
    documents.due_date,
    documents.terms_code,
    documents.discount_date,
    documents.discount_amount_doc,
    documents.status = 'blocked' as is_blocked,
    documents.currency,
    documents.currency_doc,
    documents.gross_amount_doc as original_amount_doc,
    standings.open_amount_doc,
    cast(documents.gross_amount_doc * documents.rate as decimal(18, 4)) as original_amount,
    cast(standings.open_amount_doc * documents.rate as decimal(18, 4)) as open_amount,
    'documents' as origin
from standings
inner join {{ ref('int_payable__document') }} as documents
    on
        standings.company_id = documents.company_id
        and standings.source_system = documents.source_system
        and standings.supplier_invoice_id = documents.supplier_invoice_id
union all
select
    listed.company_id, listed.source_system, listed.open_item_id, listed.invoice_number,
    listed.document_type, listed.party_id, listed.document_date, listed.due_date, null, null, null,
    false, listed.currency, listed.currency_doc, listed.original_amount_doc, listed.open_amount_doc,
    listed.original_amount, listed.open_amount, 'open items'
from {{ ref('int_payable__listed_item') }} as listed
left join paying_companies
    on listed.company_id = paying_companies.company_id
where paying_companies.company_id is null
