select
    company_id,
    invoice_date as date,
    cast(sum(gross_amount_doc * rate) as decimal(18, 4)) as gross_amount,
    cast(sum(net_amount_doc * rate) as decimal(18, 4)) as net_amount
from {{ ref('int_receivable__document') }}
where rate is not null
group by company_id, invoice_date
