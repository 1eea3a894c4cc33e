-- What was open of a document, from the day it changed to the day before it changed again.

with

days as (

    select company_id, source_system, invoice_id, moved_on, sum(amount_doc) as amount_doc
    from {{ ref('int_receivable__movement') }}
    group by company_id, source_system, invoice_id, moved_on

),

summed as (

    select
        days.*,
        sum(amount_doc) over (
            partition by company_id, source_system, invoice_id
            order by moved_on
            rows between unbounded preceding and current row
        ) as open_amount_doc,
        lead(moved_on) over (
            partition by company_id, source_system, invoice_id
            order by moved_on
        ) as next_on
    from days

)

select
    company_id,
    source_system,
    invoice_id,
    moved_on as begins_on,
    -- a company that has no next change stands as it is
    coalesce(next_on, date '9999-12-31') as until_date,
    cast(open_amount_doc as decimal(18, 4)) as open_amount_doc
from summed
