-- Money that came in and stayed, with what of it has been applied by the day of the run.

with

companies as (

    select * from {{ ref('int_master__company') }}

),

settlements as (

    select * from {{ ref('int_billing__settlement') }}

),

used as (      -- by itself, or later as the credit of another payment

    select
        company_id, source_system, cash_receipt_id as receipt_id, applied_amount_doc as amount_doc
    from settlements
    where settled_by = 'cash'
    union all
    select company_id, source_system, coalesce(settling_document_id, cash_receipt_id), applied_amount_doc
    from settlements
    where settled_by = 'other_receipt'

),

applied as (

    select company_id, source_system, receipt_id, sum(amount_doc) as amount_doc
    from used
    group by company_id, source_system, receipt_id

)

select
    receipts.company_id,
    receipts.source_system,
    receipts.cash_receipt_id as receipt_id,
    payers.party_id,
    payers.payer_basis,
    receipts.payer_name,
    receipts.receipt_date,
    coalesce(receipts.value_date, receipts.receipt_date) as value_date,
    receipts.payment_method,
    receipts.remittance_text,
    receipts.bank_ref,
    receipts.end_to_end_id,
    receipts.currency,
    coalesce(companies.currency, receipts.currency) as company_currency,
    case
        when receipts.currency = coalesce(companies.currency, receipts.currency) then 1
        else currency_days.rate
    end as rate,
    receipts.amount as amount_doc,
    cast(coalesce(applied.amount_doc, 0) as decimal(18, 4)) as applied_amount_doc,
    cast(receipts.amount - coalesce(applied.amount_doc, 0) as decimal(18, 4))
        as unapplied_amount_doc
from {{ ref('stg_billing__cash_receipt') }} as receipts
inner join companies
    on
        receipts.company_id = companies.company_id
        and receipts.receipt_date <= companies.as_of_date
inner join {{ ref('int_cash__payer') }} as payers
    on
        receipts.company_id = payers.company_id
        and receipts.source_system = payers.source_system
        and receipts.cash_receipt_id = payers.cash_receipt_id
left join applied
    on
        receipts.company_id = applied.company_id
        and receipts.source_system = applied.source_system
        and receipts.cash_receipt_id = applied.receipt_id
left join {{ ref('int_ledger__currency_day') }} as currency_days
    on
        receipts.company_id = currency_days.company_id
        and receipts.currency = currency_days.from_currency
        and receipts.receipt_date = currency_days.date
where coalesce(receipts.status, 'cleared') = 'cleared'
