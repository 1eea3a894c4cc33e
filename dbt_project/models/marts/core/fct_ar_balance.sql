with

run as (

    select * from {{ ref('int_control__run') }}

),

open_parts as (

    select * from {{ ref('int_receivable__open_part') }}
    where open_amount_doc <> 0

),

aged as (

    select
        open_parts.*,
        documents.invoice_number,
        documents.invoice_type as document_type,
        documents.party_id,
        documents.invoice_date,
        documents.company_currency as currency,
        documents.currency as currency_doc,
        cast(open_parts.open_amount_doc * documents.rate as decimal(18, 4)) as open_amount,
        {{ days_between('open_parts.due_date', 'open_parts.date') }} as days_late,
        {{ days_between('documents.invoice_date', 'open_parts.date') }} as days_old
    from open_parts
    inner join {{ ref('int_receivable__document') }} as documents
        on
            open_parts.company_id = documents.company_id
            and open_parts.source_system = documents.source_system
            and open_parts.invoice_id = documents.invoice_id

)

select
    aged.company_id,
    aged.source_system,
    aged.invoice_id,
    cast(aged.instalment as bigint) as instalment,
    aged.date,
    aged.is_as_of,
    aged.invoice_number,
    aged.document_type,
    aged.party_id,
    aged.invoice_date,
    aged.due_date,
    aged.currency,
    aged.open_amount,
    aged.currency_doc,
    aged.open_amount_doc,
    cast(greatest(aged.days_late, 0) as bigint) as days_past_due,
    due_buckets.age_bucket,
    old_buckets.age_bucket as invoice_age_bucket,
    run.as_of_at,
    run.watermark_at
from aged
cross join run
inner join {{ ref('age_bucket') }} as due_buckets
    on
        due_buckets.kind = 'receivable'
        and aged.days_late between due_buckets.from_days and due_buckets.to_days
inner join {{ ref('age_bucket') }} as old_buckets
    on
        old_buckets.kind = 'receivable'
        and aged.days_old between old_buckets.from_days and old_buckets.to_days
