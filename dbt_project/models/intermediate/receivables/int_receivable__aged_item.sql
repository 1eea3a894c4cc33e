with

companies as (

    select * from {{ ref('int_master__company') }}

),

items as (

    select
        items.*,
        case
            when items.open_amount_doc = 0 then 0
            else {{ days_between('items.due_date', 'companies.as_of_date') }}
        end as days_late,
        {{ days_between('items.invoice_date', 'companies.as_of_date') }} as days_old,
        companies.as_of_date
    from {{ ref('int_receivable__item') }} as items
    inner join companies
        on items.company_id = companies.company_id

),

marks as (

    select * from {{ ref('int_ledger__dunning_mark') }}

)

select
    items.*,
    marks.dunning_level as source_dunning_level,
    coalesce(marks.is_disputed, false) as is_marked_disputed,
    disputes.dispute_id,
    coalesce(disputes.disputed_amount_doc, 0) as disputed_amount_doc,
    due_buckets.age_bucket,
    old_buckets.age_bucket as invoice_age_bucket,
    levels.dunning_level,
    levels.level_name,
    levels.from_days as dunning_from_days
from items
left join marks
    on
        items.company_id = marks.company_id
        and items.invoice_number = marks.invoice_number
left join {{ ref('int_receivable__disputed_invoice') }} as disputes
    on
        items.company_id = disputes.company_id
        and items.invoice_id = disputes.invoice_id
left join {{ ref('age_bucket') }} as due_buckets
    on
        due_buckets.kind = 'receivable'
        and items.days_late between due_buckets.from_days and due_buckets.to_days
left join {{ ref('age_bucket') }} as old_buckets
    on
        old_buckets.kind = 'receivable'
        and items.days_old between old_buckets.from_days and old_buckets.to_days
left join {{ ref('dunning_level') }} as levels
    on
        items.open_amount_doc > 0
        and items.document_type in ('invoice', 'debit_memo')
        and not items.is_cancelled
        and items.days_late between levels.from_days and coalesce(levels.to_days, items.days_late)
