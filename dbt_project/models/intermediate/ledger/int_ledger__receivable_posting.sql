-- Trade receivables follow documents, right or wrong: invoices as billed, and what settled them.
-- A company that sends no settlements has no receivables of our making: they would only grow.

with

invoices as (

    select * from {{ ref('int_billing__invoice') }}
    where rate is not null

),

settlements as (

    select * from {{ ref('int_billing__settlement') }}

),

settling_companies as (

    select company_id from settlements
    group by company_id

)

select
    invoices.company_id,
    invoices.ledger_date as posting_date,
    'AR' as account_role,
    cast(invoices.gross_amount_doc * invoices.rate as decimal(18, 4)) as amount,
    'invoice' as document_kind,
    invoices.invoice_id as document_id,
    '' as document_line,
    invoices.source_system
from invoices
inner join settling_companies
    on invoices.company_id = settling_companies.company_id
union all
select
    settlements.company_id,
    settlements.settled_date,
    'AR',
    -settlements.ledger_amount,
    'cash_receipt',
    settlements.cash_receipt_id,
    settlements.application_line,
    settlements.source_system
from settlements
where settlements.ledger_amount <> 0
