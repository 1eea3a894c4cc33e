-- What was open on a day, part by part: payments settle the part that falls due first.

with

standings as (

    select * from {{ ref('int_receivable__standing') }}

),

dates as (

    select * from {{ ref('int_receivable__balance_date') }}

),

companies as (      -- without settlements every document would stay open for ever

    select company_id
    from {{ ref('int_billing__settlement') }}
    group by company_id

),

open_documents as (

    select
        standings.company_id,
        standings.source_system,
        standings.invoice_id,
        dates.date,
        dates.is_as_of,
        standings.open_amount_doc
    from standings
    inner join companies
        on standings.company_id = companies.company_id
    inner join dates
        on
            standings.company_id = dates.company_id
            and standings.begins_on <= dates.date
            and standings.until_date > dates.date
    where standings.open_amount_doc <> 0 or dates.is_as_of

)

select
    open_documents.company_id,
    open_documents.source_system,
    open_documents.invoice_id,
    parts.instalment,
    open_documents.date,
    open_documents.is_as_of,
    parts.due_date,
    parts.amount_doc as original_amount_doc,
    cast(
        case
            -- the last part takes what is left, too much or too little paid included
            when parts.is_last
                then open_documents.open_amount_doc - greatest(
                    least(
                        open_documents.open_amount_doc - parts.amount_doc,
                        documents.gross_amount_doc - parts.amount_doc
                    ), 0
                )
            else least(
                greatest(
                    parts.amount_until_doc
                    - (documents.gross_amount_doc - open_documents.open_amount_doc), 0
                ), parts.amount_doc
            )
        end as decimal(18, 4)
    ) as open_amount_doc
from open_documents
inner join {{ ref('int_receivable__document') }} as documents
    on
        open_documents.company_id = documents.company_id
        and open_documents.source_system = documents.source_system
        and open_documents.invoice_id = documents.invoice_id
inner join {{ ref('int_receivable__instalment') }} as parts
    on
        open_documents.company_id = parts.company_id
        and open_documents.source_system = parts.source_system
        and open_documents.invoice_id = parts.invoice_id
