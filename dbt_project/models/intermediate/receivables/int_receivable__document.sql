-- A document with the days its terms say: the day on the paper wins, else the terms count.

with

invoices as (

    select * from {{ ref('int_billing__invoice') }}

),

counted as (      -- day from which the terms run: the document, the month end, the delivery

    select
        invoices.*,
        agreed.terms_code,
        agreed.terms_origin,
        terms.discount_pct,
        terms.discount_days,
        terms.net_days,
        terms.day_of_month,
        terms.is_next_month,
        coalesce(terms.is_understood, false) as is_understood,
        case
            when terms.is_end_of_month
                then cast(
                    date_trunc('month', invoices.invoice_date) + interval 1 month - interval 1 day
                    as date
                )
            when terms.is_from_delivery
                then greatest(
                    coalesce(delivered.delivered_date, invoices.invoice_date), invoices.invoice_date
                )
            else invoices.invoice_date
        end as base_date
    from invoices
    left join {{ ref('int_receivable__agreed_terms') }} as agreed
        on
            invoices.company_id = agreed.company_id
            and invoices.source_system = agreed.source_system
            and invoices.invoice_id = agreed.invoice_id
    left join {{ ref('int_receivable__terms') }} as terms
        on
            agreed.company_id = terms.company_id
            and agreed.terms_code = terms.terms_code
    left join {{ ref('int_receivable__delivered') }} as delivered
        on
            invoices.company_id = delivered.company_id
            and invoices.source_system = delivered.source_system
            and invoices.invoice_id = delivered.invoice_id

),

netted as (

    select
        counted.*,
        base_date + net_days as net_date,
        cast(date_trunc('month', base_date + net_days) as date) as net_month
    from counted

),

monthed as (      -- a fixed day that has gone by, or is meant for the next month, is a month later

    select
        netted.*,
        case
            when is_next_month or net_month + (day_of_month - 1) < net_date
                then cast(net_month + interval 1 month as date)
            else net_month
        end as day_month
    from netted

),

termed as (

    select
        monthed.*,
        case
            when day_of_month is not null
                then least(
                    day_month + (day_of_month - 1),
                    cast(day_month + interval 1 month - interval 1 day as date)
                )
            else net_date
        end as terms_due_date
    from monthed

)

select
    company_id,
    source_system,
    invoice_id,
    invoice_number,
    invoice_type,
    party_id,
    coalesce(bill_to_code, customer_code) as payer_code,
    invoice_date,
    ledger_date,
    status,
    is_cancelled,
    reference_invoice_id,
    currency,
    company_currency,
    rate,
    gross_amount_doc,
    net_amount as net_amount_doc,
    terms_code,
    terms_origin,
    is_understood,
    case when invoice_type in ('invoice', 'debit_memo') then terms_due_date end as terms_due_date,
    coalesce(
        due_date,
        case when invoice_type in ('invoice', 'debit_memo') then terms_due_date end,
        invoice_date
    ) as due_date,
    case
        when due_date is not null then 'document'
        when invoice_type in ('invoice', 'debit_memo') and terms_due_date is not null then 'terms'
        else 'document date'
    end as due_date_source,
    case
        when invoice_type in ('invoice', 'debit_memo')
            then coalesce(discount_date, base_date + discount_days)
    end as discount_date,
    case
        when
            invoice_type in ('invoice', 'debit_memo')
            and coalesce(discount_date, base_date + discount_days) is not null
            then cast(
                coalesce(
                    discount_amount,
                    round(
                        cast(
                            gross_amount_doc * coalesce(discount_pct, 0) * 0.01 as decimal(38, 10)
                        ), 2
                    )
                ) as decimal(18, 4)
            )
    end as discount_amount_doc
from termed
