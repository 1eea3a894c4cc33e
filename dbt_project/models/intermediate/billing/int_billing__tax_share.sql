{{ config(materialized='view') }}

-- What part of a price with the tax in it is ours, by what invoices to the customer say; it speaks
-- only where the order line does not.
select
    company_id,
    party_id,
    sum(actual_amount_doc) as net_amount,
    sum(actual_amount_doc + coalesce(tax_amount_doc, 0)) as gross_amount
from {{ ref('int_billing__invoice_line') }}
where line_kind = 'goods' and party_id is not null
group by company_id, party_id
