{{ config(materialized='view') }}

-- Debits and credits of each expected journal; a journal lies in one period, so what balances here
-- balances per company, currency and period.

select
    legs.company_id,
    companies.currency,
    legs.source_doc_type,
    legs.source_doc_id,
    legs.posting_date,
    min(legs.profile) as posting_profile,
    cast(sum(case when legs.amount > 0 then legs.amount else 0 end) as decimal(18, 4))
        as debit_amount,
    cast(sum(case when legs.amount < 0 then -legs.amount else 0 end) as decimal(18, 4))
        as credit_amount
from {{ ref('int_ledger__expected_leg') }} as legs
inner join {{ ref('int_master__company') }} as companies
    on legs.company_id = companies.company_id
where legs.event_code <> 'E00'      -- what a site opens with has no entry
group by
    legs.company_id, companies.currency, legs.source_doc_type, legs.source_doc_id,
    legs.posting_date
