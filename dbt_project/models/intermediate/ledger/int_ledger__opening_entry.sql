-- Entries by which a ledger that names documents, and sends no balances, takes in what stock it begins
-- with: what it has posted without a document up to the day of the opening is just that.

with

openings as (

    select
        company_id, tie_group, location_id,
        max(posting_date) as posting_date,
        sum(expected_amount - ledger_amount) as opening_amount
    from {{ ref('int_ledger__opening') }}
    where expected_amount <> ledger_amount and posting_date is not null
    group by company_id, tie_group, location_id

)

select
    openings.company_id,
    openings.tie_group,
    openings.location_id,
    openings.posting_date
from openings
inner join {{ ref('int_ledger__lone_posting') }} as lone
    on
        openings.company_id = lone.company_id
        and openings.tie_group = lone.tie_group
        and openings.location_id = lone.location_id
        and openings.posting_date >= lone.posting_date
where lone.is_by_document and lone.side = 'actual' and lone.doc_id = ''
group by openings.company_id, openings.tie_group, openings.location_id, openings.posting_date
having sum(lone.amount) = max(openings.opening_amount)
