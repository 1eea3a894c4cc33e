-- The invoice of a dispute. Two systems may know it: the dispute's own speaks first.

with

ranked as (

    select
        disputes.company_id,
        disputes.source_system,
        disputes.dispute_id,
        invoices.invoice_number,
        invoices.invoice_date,
        invoices.due_date,
        invoices.gross_amount_doc,
        row_number() over (
            partition by disputes.company_id, disputes.source_system, disputes.dispute_id
            order by
                case when invoices.source_system = disputes.source_system then 0 else 1 end,
                invoices.source_system
        ) as preference
    from {{ ref('int_receivable__dispute') }} as disputes
    inner join {{ ref('int_receivable__document') }} as invoices
        on
            disputes.company_id = invoices.company_id
            and disputes.invoice_id = invoices.invoice_id

)

select
    company_id,
    source_system,
    dispute_id,
    invoice_number,
    invoice_date,
    due_date,
    gross_amount_doc
from ranked
where preference = 1
