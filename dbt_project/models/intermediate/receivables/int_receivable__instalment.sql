-- A document in the parts in which it falls due; most have one. What the parts leave of the
-- document falls due with the last of them.

with

documents as (

    select * from {{ ref('int_receivable__document') }}

),

parts as (

    select
        instalments.*,
        sum(amount) over (
            partition by company_id, source_system, invoice_id
        ) as total_amount,
        row_number() over (
            partition by company_id, source_system, invoice_id
            order by due_date desc, instalment desc
        ) as place_from_last
    from {{ ref('stg_billing__invoice_instalment') }} as instalments

),

split as (

    select
        documents.company_id,
        documents.source_system,
        documents.invoice_id,
        coalesce(parts.instalment, 0) as instalment,
        coalesce(parts.due_date, documents.due_date) as due_date,
        coalesce(parts.place_from_last, 1) = 1 as is_last,
        cast(
            case
                when parts.instalment is null then documents.gross_amount_doc
                when parts.place_from_last = 1
                    then parts.amount + documents.gross_amount_doc - parts.total_amount
                else parts.amount
            end as decimal(18, 4)
        ) as amount_doc
    from documents
    left join parts
        on
            documents.company_id = parts.company_id
            and documents.source_system = parts.source_system
            and documents.invoice_id = parts.invoice_id

)

select
    split.*,
    sum(amount_doc) over (
        partition by company_id, source_system, invoice_id
        order by due_date, instalment
        rows between unbounded preceding and current row
    ) as amount_until_doc
from split
