-- Open amounts rebuilt from documents and settlements; where a company sends no settlements, what
-- its own receivables ledger says at its last extract.

with

invoices as (

    select * from {{ ref('int_billing__invoice') }}

),

settlements as (

    select * from {{ ref('int_billing__settlement') }}

),

settling_companies as (

    select company_id from settlements
    group by company_id

),

movements as (      -- a document opens, is settled, or settles another as a credit

    select
        company_id, source_system, invoice_id,
        gross_amount_doc as amount_doc, gross_amount_doc as original_doc
    from invoices
    union all
    select company_id, source_system, invoice_id, -settled_amount_doc, 0
    from settlements
    union all
    select company_id, source_system, settling_document_id, settled_amount_doc, 0
    from settlements
    where settled_by = 'credit_memo' and settling_document_id is not null

),

documents as (

    select
        company_id,
        source_system,
        invoice_id,
        sum(original_doc) as original_doc,
        sum(amount_doc) as open_doc
    from movements
    group by company_id, source_system, invoice_id

),

open_items as (

    select
        stg_gl__ar_open_item.*,
        max(as_of_date) over (partition by company_id) as last_date
    from {{ ref('stg_gl__ar_open_item') }}

),

companies as (

    select * from {{ ref('int_master__company') }}

)

select
    invoices.company_id,
    invoices.source_system,
    invoices.invoice_id,
    invoices.invoice_number,
    invoices.invoice_type as document_type,
    invoices.party_id,
    invoices.invoice_date,
    coalesce(invoices.due_date, invoices.invoice_date) as due_date,
    invoices.company_currency as currency,
    cast(documents.original_doc * invoices.rate as decimal(18, 4)) as original_amount,
    cast(documents.open_doc * invoices.rate as decimal(18, 4)) as open_amount,
    invoices.currency as currency_doc,
    cast(documents.open_doc as decimal(18, 4)) as open_amount_doc,
    'documents' as origin
from documents
inner join settling_companies
    on documents.company_id = settling_companies.company_id
inner join invoices
    on
        documents.company_id = invoices.company_id
        and documents.source_system = invoices.source_system
        and documents.invoice_id = invoices.invoice_id
union all
select
    open_items.company_id,
    open_items.source_system,
    open_items.open_item_id,
    open_items.invoice_number,
    open_items.document_type,
    open_items.customer_code,
    open_items.document_date,
    coalesce(open_items.due_date, open_items.document_date),
    coalesce(companies.currency, open_items.currency),
    case
        when open_items.currency = coalesce(companies.currency, open_items.currency)
            then open_items.original_amount
    end,
    coalesce(
        open_items.open_amount_company,
        case
            when open_items.currency = coalesce(companies.currency, open_items.currency)
                then open_items.open_amount
        end
    ),
    open_items.currency,
    open_items.open_amount,
    'open items'
from open_items
inner join companies
    on
        open_items.company_id = companies.company_id
        and open_items.as_of_date <= companies.as_of_date
left join settling_companies
    on open_items.company_id = settling_companies.company_id
where settling_companies.company_id is null and open_items.as_of_date = open_items.last_date
