with

run as (

    select * from {{ ref('int_control__run') }}

),

aged as (

    select * from {{ ref('int_receivable__aged_item') }}

)

select
    aged.company_id,
    aged.source_system,
    aged.invoice_id,
    cast(aged.instalment as bigint) as instalment,
    aged.invoice_number,
    aged.document_type,
    aged.party_id,
    aged.payer_party_id,

    aged.invoice_date,
    aged.due_date,
    aged.due_date_source,
    aged.terms_code,
    aged.discount_date,
    aged.discount_amount_doc,

    aged.currency,
    aged.original_amount,
    aged.open_amount,
    aged.currency_doc,
    aged.original_amount_doc,
    aged.open_amount_doc,

    cast(greatest(aged.days_late, 0) as bigint) as days_past_due,
    aged.age_bucket,
    aged.invoice_age_bucket,
    aged.dunning_level,
    aged.source_dunning_level,
    aged.dispute_id,
    cast(aged.disputed_amount_doc as decimal(18, 4)) as disputed_amount_doc,
    aged.dispute_id is not null or aged.is_marked_disputed as is_on_hold,
    aged.is_cancelled,
    aged.origin,

    run.as_of_at,
    run.watermark_at
from aged
cross join run
