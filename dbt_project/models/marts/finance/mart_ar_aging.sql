with

items as (

    select * from {{ ref('fct_ar_item') }}
    where open_amount_doc <> 0

),

stacked as (      -- one age by the day it is due, one by the day it was written

    select
        company_id, party_id, currency, age_bucket, dispute_id,
        open_amount as due_amount, 0 as written_amount, 1 as due_count, 0 as written_count,
        case when open_amount is null then 1 else 0 end as unrated_count,
        as_of_at, watermark_at
    from items
    union all
    select
        company_id, party_id, currency, invoice_age_bucket, null,
        0, open_amount, 0, 1, 0, as_of_at, watermark_at
    from items

)

select
    stacked.company_id,
    coalesce(stacked.party_id, '') as party_id,
    max(parties.party_name) as party_name,
    stacked.age_bucket,
    cast(max(buckets.position) as bigint) as bucket_position,
    max(stacked.currency) as currency,

    cast(coalesce(sum(stacked.due_amount), 0) as decimal(18, 4)) as open_amount,
    cast(coalesce(sum(stacked.written_amount), 0) as decimal(18, 4)) as open_amount_by_invoice_date,
    cast(
        coalesce(
            sum(case when stacked.dispute_id is not null then stacked.due_amount else 0 end), 0
        ) as decimal(18, 4)
    ) as disputed_amount,
    cast(sum(stacked.due_count) as bigint) as item_count,
    cast(sum(stacked.written_count) as bigint) as item_count_by_invoice_date,
    cast(sum(stacked.unrated_count) as bigint) as unrated_count,

    max(stacked.as_of_at) as as_of_at,
    max(stacked.watermark_at) as watermark_at
from stacked
inner join {{ ref('age_bucket') }} as buckets
    on
        buckets.kind = 'receivable'
        and stacked.age_bucket = buckets.age_bucket
left join {{ ref('int_master__party') }} as parties
    on
        stacked.company_id = parties.company_id
        and stacked.party_id = parties.party_id
        and parties.party_role = 'customer'
group by stacked.company_id, coalesce(stacked.party_id, ''), stacked.age_bucket
