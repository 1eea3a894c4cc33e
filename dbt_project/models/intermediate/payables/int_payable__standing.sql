-- What was owed on a supplier invoice, from the day it changed to the day before it changed again.

with

companies as (

    select * from {{ ref('int_master__company') }}

),

moved as (

    select company_id, source_system, supplier_invoice_id, ledger_date as moved_on, gross_amount_doc as amount_doc
    from {{ ref('int_payable__document') }}
    union all
    select
        payments.company_id,
        payments.source_system,
        payments.supplier_invoice_id,
        payments.payment_date,
        -(payments.amount_applied + coalesce(payments.discount_taken, 0))
    from {{ ref('stg_purchasing__payment') }} as payments
    inner join companies
        on
            payments.company_id = companies.company_id
            and payments.payment_date <= companies.as_of_date
    where
        payments.supplier_invoice_id is not null
        and coalesce(payments.status, 'cleared') = 'cleared'

),

days as (

    select company_id, source_system, supplier_invoice_id, moved_on, sum(amount_doc) as amount_doc
    from moved
    group by company_id, source_system, supplier_invoice_id, moved_on

)

select
    company_id,
    source_system,
    supplier_invoice_id,
    moved_on as begins_on,
    coalesce(
        lead(moved_on) over (
            partition by company_id, source_system, supplier_invoice_id
            order by moved_on
        ), date '9999-12-31'
    ) as until_date,
    cast(
        sum(amount_doc) over (
            partition by company_id, source_system, supplier_invoice_id
            order by moved_on
            rows between unbounded preceding and current row
        ) as decimal(18, 4)
    ) as open_amount_doc
from days
