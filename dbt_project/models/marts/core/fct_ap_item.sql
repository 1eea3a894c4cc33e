with

run as (

    select * from {{ ref('int_control__run') }}

),

companies as (

    select * from {{ ref('int_master__company') }}

),

aged as (

    select
        items.*,
        case
            when items.open_amount_doc = 0 then 0
            else {{ days_between('items.due_date', 'companies.as_of_date') }}
        end as days_late
    from {{ ref('int_payable__item') }} as items
    inner join companies
        on items.company_id = companies.company_id

)

select
    aged.company_id,
    aged.source_system,
    aged.supplier_invoice_id,
    aged.invoice_number,
    aged.document_type,
    aged.party_id,

    aged.invoice_date,
    aged.due_date,
    aged.terms_code,
    aged.discount_date,
    cast(aged.discount_amount_doc as decimal(18, 4)) as discount_amount_doc,
    aged.is_blocked,

    aged.currency,
    cast(aged.original_amount as decimal(18, 4)) as original_amount,
    cast(aged.open_amount as decimal(18, 4)) as open_amount,
    aged.currency_doc,
    cast(aged.original_amount_doc as decimal(18, 4)) as original_amount_doc,
    cast(aged.open_amount_doc as decimal(18, 4)) as open_amount_doc,

    cast(greatest(aged.days_late, 0) as bigint) as days_past_due,
    buckets.age_bucket,
    aged.origin,

    run.as_of_at,
    run.watermark_at
from aged
cross join run
inner join {{ ref('age_bucket') }} as buckets
    on
        buckets.kind = 'receivable'
        and aged.days_late between buckets.from_days and buckets.to_days
