-- Receivables as of the run, rebuilt from documents and settlements; where a company sends no
-- settlements, what its own receivables ledger says at its last list.

with

documents as (

    select * from {{ ref('int_receivable__document') }}

),

open_parts as (

    select * from {{ ref('int_receivable__open_part') }}
    where is_as_of

),

settling_companies as (

    select company_id from {{ ref('int_billing__settlement') }}
    group by company_id

)

select
    open_parts.company_id,
    open_parts.source_system,
    open_parts.invoice_id,
    open_parts.instalment,
    documents.invoice_number,
    documents.invoice_type as document_type,
    documents.party_id,
    coalesce(payers.party_id, documents.party_id) as payer_party_id,
    documents.invoice_date,
    open_parts.due_date,
    case when open_parts.instalment > 0 then 'instalment' else documents.due_date_source end
        as due_date_source,
    documents.terms_code,
    documents.discount_date,
    documents.discount_amount_doc,
    documents.is_cancelled,
    documents.company_currency as currency,
    documents.currency as currency_doc,
    documents.rate,
    open_parts.original_amount_doc,
    open_parts.open_amount_doc,
    cast(open_parts.original_amount_doc * documents.rate as decimal(18, 4)) as original_amount,
    cast(open_parts.open_amount_doc * documents.rate as decimal(18, 4)) as open_amount,
    'documents' as origin
from open_parts
inner join documents
    on
        open_parts.company_id = documents.company_id
        and open_parts.source_system = documents.source_system
        and open_parts.invoice_id = documents.invoice_id
left join {{ ref('int_master__party_code') }} as payers
    on
        documents.source_system = payers.source_system
        and documents.company_id = payers.company_id
        and documents.payer_code = payers.party_code
        and payers.party_role = 'customer'
union all
select
    listed.company_id, listed.source_system, listed.open_item_id, 0, listed.invoice_number,
    listed.document_type, listed.party_id, listed.party_id, listed.document_date, listed.due_date,
    'document', null, null, null, false, listed.company_currency, listed.currency, null,
    listed.original_amount_doc, listed.open_amount_doc, listed.original_amount, listed.open_amount,
    'open items'
from {{ ref('int_receivable__listed_item') }} as listed
left join settling_companies
    on listed.company_id = settling_companies.company_id
where settling_companies.company_id is null and listed.is_last_list
