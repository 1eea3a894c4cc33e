with

run as (

    select * from {{ ref('int_control__run') }}

),

open_ones as (

    select * from {{ ref('int_ledger__road_balance') }}

),

ledgers as (

    select company_id
    from {{ ref('int_ledger__journal_line') }}
    group by company_id

)

select
    open_ones.company_id,
    open_ones.document_kind,
    open_ones.document_id,
    open_ones.account_code,
    companies.currency,

    documents.sent_at,
    documents.owned_at,
    coalesce(documents.owned_at <= run.as_of_at, false) as is_ours,
    documents.lead_days,
    documents.overdue_at,
    cast({{ days_between('cast(documents.sent_at as date)', 'companies.as_of_date') }} as bigint)
        as age_days,
    coalesce(open_ones.qty_base > 0 and documents.overdue_at < run.as_of_at, false) as is_overdue,

    open_ones.qty_base,
    open_ones.expected_amount,
    case when ledgers.company_id is not null then open_ones.actual_amount end as actual_amount,
    case when ledgers.company_id is not null then open_ones.actual_amount - open_ones.expected_amount end
        as difference_amount,
    case
        when ledgers.company_id is null then 'no ledger'
        when open_ones.expected_amount = 0 and open_ones.actual_amount <> 0
            then 'only in the ledger'
        when open_ones.expected_amount <> 0 and open_ones.actual_amount = 0
            then 'not in the ledger'
        when open_ones.expected_amount <> open_ones.actual_amount then 'amounts differ'
        when open_ones.expected_amount <> 0 then 'agrees'
        when coalesce(documents.owned_at <= run.as_of_at, false) then 'not booked on the road'
        else 'not ours'
    end as status,

    run.as_of_at,
    run.watermark_at
from open_ones
cross join run
inner join {{ ref('int_master__company') }} as companies
    on open_ones.company_id = companies.company_id
left join ledgers
    on open_ones.company_id = ledgers.company_id
left join {{ ref('int_ledger__road_document') }} as documents
    on
        open_ones.company_id = documents.company_id
        and open_ones.document_kind = documents.document_kind
        and open_ones.document_id = documents.document_id
