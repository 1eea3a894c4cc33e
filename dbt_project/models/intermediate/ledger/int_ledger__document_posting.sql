-- Lines of the documents that do not agree line by line, with how many each side has of the document.

with

postings as (

    select postings.*
    from {{ ref('int_ledger__posting') }} as postings
    inner join {{ ref('int_ledger__open_document') }} as documents
        on
            postings.company_id = documents.company_id
            and postings.doc_kind = documents.doc_kind
            and postings.doc_id = documents.doc_id

)

select
    postings.*,
    sum(case when side = 'expected' then 1 else 0 end) over (
        partition by company_id, doc_kind, doc_id
    ) as doc_expected_count,
    sum(case when side = 'actual' then 1 else 0 end) over (
        partition by company_id, doc_kind, doc_id
    ) as doc_actual_count
from postings
