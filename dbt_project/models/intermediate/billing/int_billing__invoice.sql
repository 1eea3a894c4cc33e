with

companies as (

    select * from {{ ref('int_master__company') }}

),

invoices as (

    select * from {{ ref('stg_billing__invoice') }}

),

party_codes as (

    select * from {{ ref('int_master__party_code') }}

),

currency_days as (

    select * from {{ ref('int_ledger__currency_day') }}

),

cancellations as (

    select source_system, company_id, reference_invoice_id
    from invoices
    where invoice_type = 'cancellation' and status <> 'draft' and reference_invoice_id is not null
    group by source_system, company_id, reference_invoice_id

)

select
    invoices.*,
    coalesce(invoices.posting_date, invoices.invoice_date) as ledger_date,
    party_codes.party_id,
    coalesce(invoices.gross_amount, invoices.net_amount + coalesce(invoices.tax_amount, 0))
        as gross_amount_doc,
    coalesce(companies.currency, invoices.currency) as company_currency,
    companies.currency_decimals,
    -- the document's own rate first; one currency needs none; without any rate nothing is guessed
    case
        when invoices.currency = coalesce(companies.currency, invoices.currency) then 1
        else coalesce(invoices.fx_rate, currency_days.rate)
    end as rate,
    cancellations.reference_invoice_id is not null or invoices.invoice_type = 'cancellation'
        as is_cancelled,
    rebilled.invoice_id is not null as is_rebilled
from invoices
inner join companies
    on invoices.company_id = companies.company_id
left join party_codes
    on
        invoices.source_system = party_codes.source_system
        and invoices.company_id = party_codes.company_id
        and party_codes.party_code = coalesce(invoices.customer_code, invoices.bill_to_code)
        and party_codes.party_role = 'customer'
left join currency_days
    on
        invoices.company_id = currency_days.company_id
        and invoices.currency = currency_days.from_currency
        and currency_days.date = coalesce(invoices.posting_date, invoices.invoice_date)
left join cancellations
    on
        invoices.source_system = cancellations.source_system
        and invoices.company_id = cancellations.company_id
        and invoices.invoice_id = cancellations.reference_invoice_id
left join {{ ref('int_billing__rebilled') }} as rebilled
    on
        invoices.source_system = rebilled.source_system
        and invoices.company_id = rebilled.company_id
        and invoices.invoice_id = rebilled.invoice_id
where
    invoices.invoice_type <> 'pro_forma'
    and invoices.status <> 'draft'
    and invoices.invoice_date <= companies.as_of_date
    -- an invoice voided without a cancelling document never was; with one, both stay and cancel out
    and (invoices.status <> 'cancelled' or cancellations.reference_invoice_id is not null)
