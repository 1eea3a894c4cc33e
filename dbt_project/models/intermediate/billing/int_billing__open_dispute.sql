with

disputes as (

    select * from {{ ref('stg_billing__dispute') }}

)

select
    company_id,
    invoice_id,
    min(dispute_id) as dispute_id
from disputes
where status in ('open', 'partial') and invoice_id is not null
group by company_id, invoice_id
