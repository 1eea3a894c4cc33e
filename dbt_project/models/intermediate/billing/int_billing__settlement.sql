with

companies as (

    select * from {{ ref('int_master__company') }}

),

applications as (

    select * from {{ ref('stg_billing__cash_application') }}

),

receipts as (

    select * from {{ ref('stg_billing__cash_receipt') }}

),

invoices as (

    select * from {{ ref('int_billing__invoice') }}

),

settled as (

    select
        applications.company_id,
        applications.source_system,
        applications.cash_receipt_id,
        applications.application_line,
        coalesce(applications.settled_by, 'cash') as settled_by,
        applications.settling_document_id,
        invoices.invoice_id,
        -- applied, discount, deduction and write-off are separate; a deduction settles nothing yet
        applications.amount_applied
        + coalesce(applications.discount_taken, 0)
        + coalesce(applications.write_off_amount, 0) as settled_amount_doc,
        invoices.rate,
        coalesce(
            receipts.receipt_date,
            {{ local_date('applications.applied_at', 'companies.timezone') }}
        ) as settled_date,
        -- money that waits to be applied settles nothing yet
        greatest(
            coalesce(receipts.receipt_date, date '1900-01-01'),
            coalesce(
                {{ local_date('applications.applied_at', 'companies.timezone') }},
                receipts.receipt_date, date '1900-01-01'
            )
        ) as applied_date,
        coalesce(receipts.value_date, receipts.receipt_date) as value_date,
        cast(applications.amount_applied as decimal(18, 4)) as applied_amount_doc,
        cast(coalesce(applications.discount_taken, 0) as decimal(18, 4)) as discount_amount_doc,
        cast(coalesce(applications.deduction_amount, 0) as decimal(18, 4)) as deduction_amount_doc,
        applications.deduction_reason,
        cast(coalesce(applications.write_off_amount, 0) as decimal(18, 4)) as write_off_amount_doc
    from applications
    inner join companies
        on applications.company_id = companies.company_id
    inner join invoices
        on
            applications.company_id = invoices.company_id
            and applications.source_system = invoices.source_system
            and applications.invoice_id = invoices.invoice_id
    left join receipts
        on
            applications.source_system = receipts.source_system
            and applications.company_id = receipts.company_id
            and applications.cash_receipt_id = receipts.cash_receipt_id
    where
        applications.source_kind = 'applied'
        and coalesce(receipts.status, 'cleared') = 'cleared'
        and coalesce(
            receipts.receipt_date,
            {{ local_date('applications.applied_at', 'companies.timezone') }}
        ) <= companies.as_of_date
        and coalesce(
            {{ local_date('applications.applied_at', 'companies.timezone') }}, companies.as_of_date
        ) <= companies.as_of_date

)

select
    settled.*,
    cast(settled_amount_doc * rate as decimal(18, 4)) as settled_amount,
    -- a credit memo that settles an invoice moves nothing between accounts
    cast(
        case when settled_by = 'credit_memo' then 0 else settled_amount_doc * rate end
        as decimal(18, 4)
    ) as ledger_amount
from settled
