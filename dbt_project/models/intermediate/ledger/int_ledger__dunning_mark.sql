with

listed as (

    select * from {{ ref('int_receivable__listed_item') }}

)

select
    company_id,
    invoice_number,

    max(dunning_level) as dunning_level,
    max(case when is_disputed and is_last_list then 1 else 0 end) = 1 as is_disputed
from listed
where invoice_number is not null
group by company_id, invoice_number
