-- Money from customers as the ledger took it in, also what bounced later, at the rate of its day.

with

companies as (

    select * from {{ ref('int_master__company') }}

)

select
    receipts.company_id,
    receipts.source_system,
    receipts.cash_receipt_id,
    receipts.receipt_date,
    receipts.amount,
    receipts.currency as currency_doc,
    payers.party_id,
    case
        when coalesce(receipts.status, 'cleared') = 'bounced'
            then {{ local_date('receipts.source_updated_at', 'companies.timezone') }}
    end as bounced_on,
    case
        when receipts.currency = coalesce(companies.currency, receipts.currency) then 1
        else currency_days.rate
    end as rate,
    companies.currency_decimals
from {{ ref('stg_billing__cash_receipt') }} as receipts
inner join companies
    on receipts.company_id = companies.company_id
left join {{ ref('int_cash__payer') }} as payers
    on
        receipts.company_id = payers.company_id
        and receipts.source_system = payers.source_system
        and receipts.cash_receipt_id = payers.cash_receipt_id
left join {{ ref('int_ledger__currency_day') }} as currency_days
    on
        receipts.company_id = currency_days.company_id
        and receipts.currency = currency_days.from_currency
        and receipts.receipt_date = currency_days.date
where
    coalesce(receipts.status, 'cleared') in ('cleared', 'bounced')
    and receipts.receipt_date <= companies.as_of_date
