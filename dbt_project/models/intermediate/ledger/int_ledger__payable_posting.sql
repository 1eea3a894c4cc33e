-- Payables follow supplier invoices and payments; GR/IR is cleared by what was invoiced for goods.
-- A company that sends no payments has no payables of our making: they would only grow.

with

companies as (

    select * from {{ ref('int_master__company') }}

),

invoices as (

    select * from {{ ref('int_payable__document') }}

),

payments as (

    select
        payments.company_id,
        payments.source_system,
        payments.payment_id,
        payments.payment_line,
        payments.payment_date,
        (payments.amount_applied + coalesce(payments.discount_taken, 0))
        * coalesce(invoices.rate, 1) as paid_amount
    from {{ ref('stg_purchasing__payment') }} as payments
    inner join companies
        on payments.company_id = companies.company_id
    left join invoices
        on
            payments.company_id = invoices.company_id
            and payments.source_system = invoices.source_system
            and payments.supplier_invoice_id = invoices.supplier_invoice_id
    where
        coalesce(payments.status, 'cleared') = 'cleared'
        and payments.payment_date <= companies.as_of_date

),

paying_companies as (

    select company_id from payments
    group by company_id

),

supplier_lines as (

    select * from {{ ref('int_purchasing__supplier_line') }}

)

select
    invoices.company_id,
    invoices.ledger_date as posting_date,
    'AP' as account_role,
    cast(-invoices.gross_amount_doc * invoices.rate as decimal(18, 4)) as amount,
    'supplier_invoice' as document_kind,
    invoices.supplier_invoice_id as document_id,
    '' as document_line,
    invoices.source_system
from invoices
inner join paying_companies
    on invoices.company_id = paying_companies.company_id
union all
select
    company_id, payment_date, 'AP', cast(paid_amount as decimal(18, 4)),
    'payment', payment_id, payment_line, source_system
from payments
union all
select
    company_id, posting_date, 'GRIR', invoiced_amount,
    'supplier_invoice', supplier_invoice_id, invoice_line, source_system
from supplier_lines
where line_type = 'item'
