with

run as (

    select * from {{ ref('int_control__run') }}

),

companies as (

    select * from {{ ref('int_master__company') }}

),

receipts as (

    select
        receipts.*,
        case
            when receipts.unapplied_amount_doc = 0 then 0
            else {{ days_between('receipts.receipt_date', 'companies.as_of_date') }}
        end as unapplied_days
    from {{ ref('int_cash__receipt_judged') }} as receipts
    inner join companies
        on receipts.company_id = companies.company_id

)

select
    receipts.company_id,
    receipts.source_system,
    receipts.receipt_id,
    receipts.party_id,
    receipts.payer_basis,
    receipts.payer_name,
    receipts.payment_method,
    receipts.bank_ref,
    receipts.receipt_date,
    receipts.value_date,

    receipts.currency as currency_doc,
    receipts.amount_doc,
    receipts.applied_amount_doc,
    receipts.unapplied_amount_doc,
    receipts.company_currency as currency,
    cast(receipts.unapplied_amount_doc * receipts.rate as decimal(18, 4)) as unapplied_amount,
    cast(receipts.unapplied_days as bigint) as unapplied_days,
    buckets.age_bucket as unapplied_age_bucket,

    receipts.outcome,
    receipts.unmatched_amount_doc,
    receipts.note,

    run.as_of_at,
    run.watermark_at
from receipts
cross join run
inner join {{ ref('age_bucket') }} as buckets
    on
        buckets.kind = 'receivable'
        and receipts.unapplied_days between buckets.from_days and buckets.to_days
