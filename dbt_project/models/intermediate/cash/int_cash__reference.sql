-- Invoices that payers name in their advice, for payments with money that nobody has applied. What
-- has been applied already is no longer to be matched.

with

waiting as (

    select company_id, source_system, receipt_id
    from {{ ref('int_cash__receipt') }}
    where unapplied_amount_doc > 0

),

applied as (

    select company_id, source_system, cash_receipt_id, invoice_id
    from {{ ref('int_billing__settlement') }}
    group by company_id, source_system, cash_receipt_id, invoice_id

)

select
    advice.company_id,
    advice.source_system,
    advice.cash_receipt_id as receipt_id,
    advice.application_line as reference_line,
    coalesce(advice.invoice_id, advice.invoice_number) as invoice_ref,
    advice.amount_applied as stated_amount_doc,
    coalesce(advice.discount_taken, 0) as discount_amount_doc,
    coalesce(advice.deduction_amount, 0) as deduction_amount_doc,
    advice.deduction_reason
from {{ ref('stg_billing__cash_application') }} as advice
inner join waiting
    on
        advice.company_id = waiting.company_id
        and advice.source_system = waiting.source_system
        and advice.cash_receipt_id = waiting.receipt_id
left join applied
    on
        advice.company_id = applied.company_id
        and advice.source_system = applied.source_system
        and advice.cash_receipt_id = applied.cash_receipt_id
        and advice.invoice_id = applied.invoice_id
where
    advice.source_kind = 'remittance'
    and coalesce(advice.invoice_id, advice.invoice_number) is not null
    and applied.invoice_id is null
