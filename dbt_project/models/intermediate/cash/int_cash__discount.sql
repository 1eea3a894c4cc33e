-- What the terms allow of each discount taken. The value date decides, not the day of booking; what
-- earlier payments took of the discount of an invoice is gone. Terms nobody knows judge nothing.

with

settlements as (

    select
        settlements.*,
        sum(discount_amount_doc) over (
            partition by company_id, source_system, invoice_id
            order by value_date, cash_receipt_id, application_line
            rows between unbounded preceding and current row
        ) - discount_amount_doc as taken_before_doc
    from {{ ref('int_billing__settlement') }} as settlements

),

documents as (

    select * from {{ ref('int_receivable__document') }}

)

select
    settlements.company_id,
    settlements.source_system,
    settlements.cash_receipt_id,
    settlements.application_line,
    documents.invoice_number,
    documents.party_id,
    documents.terms_code,
    documents.discount_date,
    documents.discount_amount_doc as terms_discount_doc,
    documents.is_understood or documents.discount_date is not null as is_judged,
    cast(
        case
            when settlements.discount_amount_doc = 0 then 0
            when settlements.value_date <= documents.discount_date
                then least(
                    settlements.discount_amount_doc,
                    greatest(
                        coalesce(documents.discount_amount_doc, 0) - settlements.taken_before_doc, 0
                    )
                )
            else 0
        end as decimal(18, 4)
    ) as allowed_discount_doc
from settlements
inner join documents
    on
        settlements.company_id = documents.company_id
        and settlements.source_system = documents.source_system
        and settlements.invoice_id = documents.invoice_id
