-- What was applied, and by which of our rules it would have been found: the payer named the invoice,
-- paid just one, or several at once.

with

settlements as (

    select
        settlements.*,
        count(*) over (partition by company_id, source_system, cash_receipt_id) as invoice_count
    from {{ ref('int_billing__settlement') }} as settlements

),

advice as (

    select company_id, source_system, cash_receipt_id, invoice_id, invoice_number
    from {{ ref('stg_billing__cash_application') }}
    where source_kind = 'remittance'
    group by company_id, source_system, cash_receipt_id, invoice_id, invoice_number

),

named as (

    select
        advice.company_id,
        advice.source_system,
        advice.cash_receipt_id,
        coalesce(advice.invoice_id, documents.invoice_id) as invoice_id
    from advice
    left join {{ ref('int_receivable__document') }} as documents
        on
            advice.company_id = documents.company_id
            and case when advice.invoice_id is null then advice.invoice_number end = documents.invoice_number
    group by
        advice.company_id, advice.source_system, advice.cash_receipt_id,
        coalesce(advice.invoice_id, documents.invoice_id)

)

select
    settlements.company_id,
    settlements.source_system,
    settlements.cash_receipt_id as receipt_id,
    settlements.application_line,
    settlements.invoice_id,
    settlements.settled_by,
    settlements.settling_document_id,
    case
        when settlements.settled_by <> 'cash' then null
        when named.invoice_id is not null then 'R1'
        when settlements.invoice_count = 1 then 'R2'
        else 'R3'
    end as rule,
    settlements.value_date,
    settlements.applied_date,
    settlements.rate,
    settlements.applied_amount_doc,
    settlements.discount_amount_doc,
    settlements.deduction_amount_doc,
    settlements.deduction_reason,
    settlements.write_off_amount_doc
from settlements
left join named
    on
        settlements.company_id = named.company_id
        and settlements.source_system = named.source_system
        and settlements.cash_receipt_id = named.cash_receipt_id
        and settlements.invoice_id = named.invoice_id
