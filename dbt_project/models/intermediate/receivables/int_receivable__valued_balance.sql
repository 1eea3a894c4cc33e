-- Open receivables at the end of periods and at the run, in company currency.

select
    open_parts.company_id,
    open_parts.date,
    open_parts.is_as_of,
    open_parts.source_system,
    open_parts.invoice_id,
    open_parts.instalment,
    open_parts.due_date,
    cast(open_parts.open_amount_doc * documents.rate as decimal(18, 4)) as open_amount
from {{ ref('int_receivable__open_part') }} as open_parts
inner join {{ ref('int_receivable__document') }} as documents
    on
        open_parts.company_id = documents.company_id
        and open_parts.source_system = documents.source_system
        and open_parts.invoice_id = documents.invoice_id
where documents.rate is not null and open_parts.open_amount_doc <> 0
