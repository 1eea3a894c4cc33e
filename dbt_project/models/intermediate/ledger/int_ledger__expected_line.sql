{{ config(materialized='view') }}

with

postings as (

    select * from {{ ref('int_ledger__expected_posting') }}
    where amount <> 0

),

choices as (

    select * from {{ ref('int_ledger__account_choice') }}

),

days as (

    select * from {{ ref('int_master__calendar_day') }}

),

companies as (

    select * from {{ ref('int_master__company') }}

)

select
    postings.company_id,
    md5(concat_ws('|', postings.company_id, postings.document_kind, postings.document_id, postings.document_line))
        as expected_journal_id,
    row_number() over (
        partition by postings.company_id, postings.document_kind, postings.document_id, postings.document_line
        order by postings.posting_date, postings.account_role, postings.amount, postings.location_id
    ) as line,
    postings.posting_date,
    days.fiscal_year,
    days.fiscal_period,
    postings.account_role,
    choices.account_code,
    cast(postings.amount as decimal(18, 4)) as expected_amount,
    cast(null as decimal(18, 4)) as amount_doc,
    companies.currency,
    cast(null as varchar) as event_code,
    case when postings.receipt_id is not null then 'receipt' else postings.document_kind end as source_doc_type,
    coalesce(postings.receipt_id, postings.document_id) as source_doc_id,
    coalesce(postings.receipt_line, postings.document_line) as source_doc_line,
    case when postings.document_kind = 'movement' then postings.document_id end as movement_id,
    case when postings.document_kind = 'movement' then postings.document_line end as movement_line,
    case when postings.document_kind = 'invoice' then postings.document_id end as invoice_id,
    cast(null as varchar) as invoice_line,
    cast(null as varchar) as item_id,
    postings.location_id,
    cast(null as varchar) as party_id,
    cast(null as decimal(18, 6)) as qty,
    cast(null as varchar) as posting_profile,
    case when postings.is_opening then 'opening' else 'event' end as line_purpose
from postings
inner join choices
    on
        postings.company_id = choices.company_id
        and postings.posting_date = choices.posting_date
        and postings.account_role = choices.account_role
        and postings.valuation_class = choices.valuation_class
        and postings.location_id = choices.location_id
        and postings.channel = choices.channel
inner join companies on postings.company_id = companies.company_id
inner join days
    on postings.company_id = days.company_id and postings.posting_date = days.date
