-- Payments to suppliers: what they settle leaves payables at what the bill was booked at, the last
-- payment takes the rest; a discount taken lowers what was paid for goods. What is left is the
-- difference between the rates of bill and payment.

with

companies as (

    select * from {{ ref('int_master__company') }}

),

documents as (

    select
        company_id, source_system, supplier_invoice_id, party_id, gross_amount_doc,
        {{ minor_unit('gross_amount_doc * rate', 'currency_decimals') }} as booked_amount
    from {{ ref('int_payable__document') }}
    where rate is not null

),

payments as (

    select
        payments.company_id,
        payments.source_system,
        payments.payment_id,
        payments.payment_line,
        payments.payment_date,
        payments.supplier_invoice_id,
        payments.currency as currency_doc,
        payments.amount_applied,
        coalesce(payments.discount_taken, 0) as discount_taken,
        payments.amount_applied + coalesce(payments.discount_taken, 0) as settled_amount_doc,
        coalesce(party_codes.party_id, payments.supplier_code) as party_id,
        case
            when payments.currency = coalesce(companies.currency, payments.currency) then 1
            else currency_days.rate
        end as rate,
        companies.currency_decimals
    from {{ ref('stg_purchasing__payment') }} as payments
    inner join companies
        on payments.company_id = companies.company_id
    left join {{ ref('int_ledger__currency_day') }} as currency_days
        on
            payments.company_id = currency_days.company_id
            and payments.currency = currency_days.from_currency
            and payments.payment_date = currency_days.date
    left join {{ ref('int_master__party_code') }} as party_codes
        on
            payments.source_system = party_codes.source_system
            and payments.company_id = party_codes.company_id
            and payments.supplier_code = party_codes.party_code
            and party_codes.party_role = 'supplier'
    where
        coalesce(payments.status, 'cleared') = 'cleared'
        and payments.payment_date <= companies.as_of_date

),

summed as (

    select
        payments.*,
        sum(settled_amount_doc) over (
            partition by company_id, source_system, supplier_invoice_id
            order by payment_date, payment_id, payment_line
            rows between unbounded preceding and current row
        ) as settled_upto
    from payments

),

relieved as (

    select
        summed.*,
        cast(coalesce(
            {{ minor_unit(
                'documents.booked_amount * summed.settled_upto', 'summed.currency_decimals',
                by='documents.gross_amount_doc', from_scale=8, by_scale=4
            ) }} - {{ minor_unit(
                'documents.booked_amount * (summed.settled_upto - summed.settled_amount_doc)',
                'summed.currency_decimals', by='documents.gross_amount_doc', from_scale=8, by_scale=4
            ) }},
            {{ minor_unit('summed.settled_amount_doc * summed.rate', 'summed.currency_decimals') }}
        ) as decimal(18, 4)) as booked_amount
    from summed
    left join documents
        on
            summed.company_id = documents.company_id
            and summed.source_system = documents.source_system
            and summed.supplier_invoice_id = documents.supplier_invoice_id
    where summed.rate is not null

),

parts as (

    select *, 'settled' as part, booked_amount as amount, settled_amount_doc as amount_doc
    from relieved
    union all
    select *, 'cash', {{ minor_unit('amount_applied * rate', 'currency_decimals') }}, amount_applied
    from relieved
    union all
    select *, 'discount', {{ minor_unit('discount_taken * rate', 'currency_decimals') }}, discount_taken
    from relieved

)

select
    company_id,
    source_system,
    part,
    'payment' as source_doc_type,
    payment_id as source_doc_id,
    payment_line as source_doc_line,
    payment_date as posting_date,
    party_id,
    cast(amount as decimal(18, 4)) as amount,
    cast(amount_doc as decimal(18, 4)) as amount_doc,
    currency_doc
from parts
where amount <> 0
