-- Open items that a payment may settle. Documents that cancel each other are out of it, and a
-- discount is offered on a document that nobody has begun to pay.

select
    company_id,
    source_system,
    invoice_id,
    instalment,
    invoice_number,
    payer_party_id as party_id,
    currency_doc as currency,
    due_date,
    open_amount_doc,
    case
        when instalment = 0 and open_amount_doc = original_amount_doc then discount_amount_doc
    end as discount_amount_doc,
    discount_date
from {{ ref('int_receivable__item') }}
where open_amount_doc <> 0 and not is_cancelled
