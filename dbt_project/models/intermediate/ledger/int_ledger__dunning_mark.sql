with

open_items as (

    select * from {{ ref('stg_gl__ar_open_item') }}

)

select
    company_id,
    invoice_number,

    max(dunning_level) as dunning_level,
    max(case when dispute_flag then 1 else 0 end) = 1 as is_disputed
from open_items
where invoice_number is not null
group by company_id, invoice_number
