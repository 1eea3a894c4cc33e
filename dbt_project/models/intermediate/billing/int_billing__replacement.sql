-- Invoices that bill again what another invoice had billed before it was cancelled or credited in
-- full: they put an error right and are no first attempt. Either they name the invoice, or they bill
-- the same pieces of the same document line.
with

documents as (

    select * from {{ ref('int_billing__invoice') }}

),

withdrawn as (

    select
        originals.company_id, originals.source_system, originals.invoice_id,
        min(corrections.invoice_date) as withdrawn_on
    from documents as corrections
    inner join documents as originals
        on
            corrections.company_id = originals.company_id
            and corrections.source_system = originals.source_system
            and corrections.reference_invoice_id = originals.invoice_id
    where
        originals.invoice_type = 'invoice'
        and (
            corrections.invoice_type = 'cancellation'
            or (
                corrections.invoice_type = 'credit_memo'
                and coalesce(corrections.reason_code, '') <> 'return'
                and corrections.net_amount = -originals.net_amount
            )
        )
    group by originals.company_id, originals.source_system, originals.invoice_id

),

goods as (

    select * from {{ ref('int_billing__billed_goods') }}

)

select anew.company_id, anew.source_system, anew.invoice_id
from withdrawn
inner join goods as before
    on
        withdrawn.company_id = before.company_id
        and withdrawn.source_system = before.source_system
        and withdrawn.invoice_id = before.invoice_id
inner join goods as again
    on
        before.company_id = again.company_id
        and before.source_system = again.source_system
        and before.document_id = again.document_id
        and before.document_line = again.document_line
        and before.item_code = again.item_code
        and before.qty_billed = again.qty_billed
        and before.invoice_id <> again.invoice_id
inner join documents as anew
    on
        again.company_id = anew.company_id
        and again.source_system = anew.source_system
        and again.invoice_id = anew.invoice_id
        and withdrawn.withdrawn_on <= anew.invoice_date
where anew.invoice_type = 'invoice'
union
select anew.company_id, anew.source_system, anew.invoice_id
from withdrawn
inner join documents as anew
    on
        withdrawn.company_id = anew.company_id
        and withdrawn.source_system = anew.source_system
        and withdrawn.invoice_id = anew.reference_invoice_id
where anew.invoice_type = 'invoice'
