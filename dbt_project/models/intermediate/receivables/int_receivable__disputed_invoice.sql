with

disputes as (

    select * from {{ ref('int_receivable__dispute') }}
    where is_open and invoice_id is not null

)

select
    company_id,
    invoice_id,
    min(dispute_id) as dispute_id,
    cast(sum(amount) as decimal(18, 4)) as disputed_amount_doc
from disputes
group by company_id, invoice_id
