-- Documents that do not fall together line by line: only of these are single lines looked at again.

with

open_keys as (

    select * from {{ ref('int_ledger__posting_key') }}
    where expected_count <> 1 or actual_count <> 1

),

postings as (

    select * from {{ ref('int_ledger__posting') }}

),

documents as (

    select postings.company_id, postings.doc_kind, postings.doc_id
    from postings
    inner join open_keys
        on
            postings.company_id = open_keys.company_id
            and postings.entry_id = open_keys.expected_journal_id
            and postings.side = 'expected'
    union all
    select postings.company_id, postings.doc_kind, postings.doc_id
    from postings
    inner join open_keys
        on
            postings.company_id = open_keys.company_id
            and postings.source_system = open_keys.source_system
            and postings.entry_id = open_keys.journal_id
            and postings.side = 'actual'

)

select company_id, doc_kind, doc_id
from documents
group by company_id, doc_kind, doc_id
