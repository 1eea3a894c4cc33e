-- Supplier invoices that count, with their due day: on the paper, else by the terms of the supplier.

with

companies as (

    select * from {{ ref('int_master__company') }}

),

invoices as (

    select
        invoices.*,
        companies.currency as company_currency,
        companies.currency_decimals,
        coalesce(invoices.posting_date, invoices.invoice_date) as ledger_date,
        coalesce(party_codes.party_id, invoices.supplier_code) as party_id,
        case
            when invoices.currency = coalesce(companies.currency, invoices.currency) then 1
            else coalesce(invoices.fx_rate, currency_days.rate)
        end as rate
    from {{ ref('stg_purchasing__invoice') }} as invoices
    inner join companies
        on invoices.company_id = companies.company_id
    left join {{ ref('int_master__party_code') }} as party_codes
        on
            invoices.source_system = party_codes.source_system
            and invoices.company_id = party_codes.company_id
            and invoices.supplier_code = party_codes.party_code
            and party_codes.party_role = 'supplier'
    left join {{ ref('int_ledger__currency_day') }} as currency_days
        on
            invoices.company_id = currency_days.company_id
            and invoices.currency = currency_days.from_currency
            and invoices.invoice_date = currency_days.date
    where
        invoices.status not in ('parked', 'cancelled')
        and coalesce(invoices.posting_date, invoices.invoice_date) <= companies.as_of_date

),

termed as (

    select
        invoices.*,
        parties.payment_terms_code as terms_code,
        terms.discount_pct,
        terms.discount_days,
        terms.net_days,
        document_units.decimals as document_decimals,
        case
            when terms.is_end_of_month
                then cast(
                    date_trunc('month', invoices.invoice_date) + interval 1 month - interval 1 day
                    as date
                )
            else invoices.invoice_date
        end as base_date
    from invoices
    left join {{ ref('int_master__party') }} as parties
        on
            invoices.company_id = parties.company_id
            and invoices.party_id = parties.party_id
            and parties.party_role = 'supplier'
    left join {{ ref('int_receivable__terms') }} as terms
        on
            parties.company_id = terms.company_id
            and parties.payment_terms_code = terms.terms_code
    left join {{ ref('currency') }} as document_units
        on invoices.currency = document_units.currency

)

select
    company_id,
    source_system,
    supplier_invoice_id,
    invoice_number,
    invoice_type,
    party_id,
    invoice_date,
    ledger_date,
    status,
    coalesce(company_currency, currency) as currency,
    currency as currency_doc,
    rate,
    currency_decimals,
    gross_amount as gross_amount_doc,
    net_amount as net_amount_doc,
    tax_amount as tax_amount_doc,
    terms_code,
    coalesce(
        due_date, case when gross_amount > 0 then base_date + net_days end, invoice_date
    ) as due_date,
    case when gross_amount > 0 then base_date + discount_days end as discount_date,
    case
        when gross_amount > 0 and discount_days is not null
            then {{ minor_unit('cast(gross_amount * discount_pct * 0.01 as decimal(38, 10))', 'document_decimals') }}
    end as discount_amount_doc
from termed
