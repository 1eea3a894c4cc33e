-- How long customers take to pay us, and we our suppliers: what was seen, weighed by amount, else
-- what the documents agree.
with

companies as (

    select * from {{ ref('int_master__company') }}

),

seen as (

    select
        settlements.company_id,
        'receive' as side,
        settlements.settled_amount_doc as amount,
        {{ days_between('invoices.invoice_date', 'settlements.settled_date') }} as days
    from {{ ref('int_billing__settlement') }} as settlements
    inner join {{ ref('int_billing__invoice') }} as invoices
        on
            settlements.company_id = invoices.company_id
            and settlements.source_system = invoices.source_system
            and settlements.invoice_id = invoices.invoice_id
    where settlements.settled_by = 'cash' and settlements.settled_amount_doc > 0
    union all
    select
        payments.company_id,
        'pay',
        payments.amount_applied,
        {{ days_between('invoices.invoice_date', 'payments.payment_date') }}
    from {{ ref('stg_purchasing__payment') }} as payments
    inner join {{ ref('stg_purchasing__invoice') }} as invoices
        on
            payments.company_id = invoices.company_id
            and payments.source_system = invoices.source_system
            and payments.supplier_invoice_id = invoices.supplier_invoice_id
    inner join companies
        on
            payments.company_id = companies.company_id
            and payments.payment_date <= companies.as_of_date
    where
        payments.amount_applied > 0
        and coalesce(payments.status, 'cleared') = 'cleared'

),

averages as (

    select
        company_id,
        side,
        floor(sum(amount * days) / sum(amount) + 0.5) as days
    from seen
    group by company_id, side

),

agreed as (

    select
        invoices.company_id,
        floor(
            sum({{ days_between('invoices.invoice_date', 'invoices.due_date') }} * 1.0) / count(*)
            + 0.5
        ) as days
    from {{ ref('stg_purchasing__invoice') }} as invoices
    where invoices.due_date is not null
    group by invoices.company_id

)

select
    companies.company_id,
    cast(received.days as bigint) as days_to_receive,
    cast(coalesce(paid.days, agreed.days) as bigint) as days_to_pay
from companies
left join averages as received
    on companies.company_id = received.company_id and received.side = 'receive'
left join averages as paid
    on companies.company_id = paid.company_id and paid.side = 'pay'
left join agreed
    on companies.company_id = agreed.company_id
