-- Payments with what the rules made of the part that nobody has applied.

with

verdicts as (

    select * from {{ ref('stg_computed__cash_verdict') }}

)

select
    receipts.*,
    case
        when receipts.unapplied_amount_doc = 0 then 'applied'
        when receipts.unapplied_amount_doc < 0 then 'applied too much'
        else verdicts.outcome
    end as outcome,
    verdicts.unapplied_amount as unmatched_amount_doc,
    verdicts.note
from {{ ref('int_cash__receipt') }} as receipts
left join verdicts
    on
        receipts.company_id = verdicts.company_id
        and receipts.source_system = verdicts.receipt_source_system
        and receipts.receipt_id = verdicts.receipt_id
