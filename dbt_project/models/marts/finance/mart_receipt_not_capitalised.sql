with

run as (

    select * from {{ ref('int_control__run') }}

),

companies as (

    select * from {{ ref('int_master__company') }}

),

days as (

    select * from {{ ref('int_master__calendar_day') }}

),

receipts as (

    select * from {{ ref('int_purchasing__uncapitalised_receipt') }}

),

billed as (      -- first supplier invoice for the line itself

    select company_id, receipt_id, receipt_line, min(invoice_date) as invoice_date
    from {{ ref('int_purchasing__supplier_line') }}
    where receipt_id is not null
    group by company_id, receipt_id, receipt_line

),

profiles as (

    select * from {{ ref('int_policy__posting_profile') }}

),

aged as (

    select
        receipts.*,
        companies.currency,
        companies.currency_decimals,
        billed.invoice_date as supplier_invoice_date,
        days.fiscal_year,
        days.fiscal_period,
        days.period_end_date,
        days.period_end_date < companies.as_of_date as is_period_over,
        coalesce(profiles.interim_receipts, false) as has_interim,
        {{ days_between('receipts.posting_date', 'companies.as_of_date') }} as age_days
    from receipts
    inner join companies
        on receipts.company_id = companies.company_id
    inner join days
        on
            receipts.company_id = days.company_id
            and receipts.posting_date = days.date
    left join profiles
        on
            receipts.company_id = profiles.company_id
            and receipts.posting_date between profiles.valid_from and profiles.valid_to
    left join billed
        on
            receipts.company_id = billed.company_id
            and receipts.receipt_id = billed.receipt_id
            and receipts.receipt_line = billed.receipt_line

)

select
    aged.company_id,
    aged.receipt_id,
    aged.receipt_line,
    nullif(aged.purchase_order_id, '') as purchase_order_id,
    nullif(aged.purchase_order_line, '') as purchase_order_line,
    aged.party_id,
    aged.item_id,
    aged.location_id,
    aged.movement_id,

    aged.received_at,
    aged.posting_date,
    cast(aged.age_days as bigint) as age_days,
    case
        when aged.age_days <= 1 then '0-1'
        when aged.age_days <= 7 then '2-7'
        when aged.age_days <= 30 then '8-30'
        when aged.age_days <= 60 then '31-60'
        else 'over 60'
    end as age_bucket,

    cast(aged.qty as decimal(18, 6)) as qty,
    cast(aged.amount as decimal(18, 4)) as amount,
    aged.currency,
    aged.supplier_invoice_date,
    aged.supplier_invoice_date is not null as is_invoiced,

    aged.fiscal_year,
    aged.fiscal_period,
    aged.is_period_over,
    -- the entry that the end of its period lacks, taken back on the day after
    aged.period_end_date as accrual_date,
    case when aged.has_interim then 'INV_INTERIM' else 'INV' end as accrual_debit_role,
    'GRIR' as accrual_credit_role,
    {{ minor_unit('aged.amount', 'aged.currency_decimals') }} as accrual_amount,
    cast(aged.period_end_date + interval 1 day as date) as accrual_reversal_date,

    run.as_of_at,
    run.watermark_at
from aged
cross join run
