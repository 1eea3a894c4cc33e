-- What else there was: earlier disputes of the customer, of the invoice, and credits on it.

with

disputes as (

    select * from {{ ref('int_receivable__dispute') }}

),

earlier_disputes as (

    select
        disputes.company_id,
        disputes.source_system,
        disputes.dispute_id,
        count(*) as prior_count,
        sum(case when earlier.status in ('accepted', 'partial') then 1 else 0 end)
            as prior_accepted_count,
        sum(case when earlier.reason_code = disputes.reason_code then 1 else 0 end)
            as prior_same_reason_count,
        sum(case when earlier.invoice_id = disputes.invoice_id then 1 else 0 end)
            as prior_same_invoice_count
    from disputes
    inner join disputes as earlier
        on
            disputes.company_id = earlier.company_id
            and disputes.party_id = earlier.party_id
            and disputes.opened_at > earlier.opened_at
    group by disputes.company_id, disputes.source_system, disputes.dispute_id

),

credits as (

    select
        company_id, reference_invoice_id, count(*) as credit_count,
        sum(gross_amount_doc) as credit_amount_doc, min(invoice_id) as credit_invoice_id
    from {{ ref('int_receivable__document') }}
    where invoice_type in ('credit_memo', 'cancellation') and reference_invoice_id is not null
    group by company_id, reference_invoice_id

)

select
    disputes.company_id,
    disputes.source_system,
    disputes.dispute_id,
    coalesce(earlier_disputes.prior_count, 0) as prior_count,
    coalesce(earlier_disputes.prior_accepted_count, 0) as prior_accepted_count,
    coalesce(earlier_disputes.prior_same_reason_count, 0) as prior_same_reason_count,
    coalesce(earlier_disputes.prior_same_invoice_count, 0) as prior_same_invoice_count,
    coalesce(credits.credit_count, 0) as credit_count,
    cast(coalesce(credits.credit_amount_doc, 0) as decimal(18, 4)) as credit_amount_doc,
    credits.credit_invoice_id
from disputes
left join earlier_disputes
    on
        disputes.company_id = earlier_disputes.company_id
        and disputes.source_system = earlier_disputes.source_system
        and disputes.dispute_id = earlier_disputes.dispute_id
left join credits
    on
        disputes.company_id = credits.company_id
        and disputes.invoice_id = credits.reference_invoice_id
