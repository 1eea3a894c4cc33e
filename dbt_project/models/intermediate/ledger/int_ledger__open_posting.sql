-- Lines of documents that do not agree line by line. A document that only one side knows may be
-- named by the other in words (K3): in the text of an entry, or under the movement or invoice behind
-- it. A number alone is not enough, another kind of document may carry it: what is posted under the
-- name must agree on an account, or touch just the accounts that are expected.

with

lone_documents as (

    select * from {{ ref('int_ledger__document_posting') }}
    where doc_expected_count = 0 or doc_actual_count = 0 or doc_id = ''

),

expected_names as (

    select company_id, name, min(posting_date) as first_date, max(posting_date) as last_date
    from (
        select company_id, doc_id as name, posting_date from lone_documents
        where side = 'expected' and doc_id <> ''
        union all
        select company_id, movement_id, posting_date from lone_documents
        where side = 'expected' and movement_id is not null
        union all
        select company_id, invoice_id, posting_date from lone_documents
        where side = 'expected' and invoice_id is not null
    ) as told
    group by company_id, name

),

expected_amounts as (

    select distinct company_id, tie_group, posting_date, amount from lone_documents
    where side = 'expected'

),

actual_named as (

    select
        lone_documents.*,
        case
            when by_document.name is not null then by_document.name
            -- a number in words may be another's: the amount of its own day speaks louder
            when
                same_day.company_id is null
                or lone_documents.posting_date between by_text.first_date and by_text.last_date
                then by_text.name
        end as shared_name
    from lone_documents
    left join expected_names as by_document
        on
            lone_documents.company_id = by_document.company_id
            and lone_documents.doc_id = by_document.name
    left join expected_names as by_text
        on
            lone_documents.company_id = by_text.company_id
            and lone_documents.reference = by_text.name
    left join expected_amounts as same_day
        on
            lone_documents.company_id = same_day.company_id
            and lone_documents.tie_group = same_day.tie_group
            and lone_documents.posting_date = same_day.posting_date
            and lone_documents.amount = same_day.amount
    where lone_documents.side = 'actual'

),

actual_names as (

    select company_id, shared_name as name from actual_named
    where shared_name is not null
    group by company_id, shared_name

),

named as (

    select
        lone_documents.*,
        coalesce(by_movement.name, by_invoice.name, by_document.name) as shared_name
    from lone_documents
    left join actual_names as by_movement
        on
            lone_documents.company_id = by_movement.company_id
            and lone_documents.movement_id = by_movement.name
    left join actual_names as by_invoice
        on
            lone_documents.company_id = by_invoice.company_id
            and lone_documents.invoice_id = by_invoice.name
    left join actual_names as by_document
        on
            lone_documents.company_id = by_document.company_id
            and lone_documents.doc_id = by_document.name
    where lone_documents.side = 'expected'
    union all
    select * from actual_named

),

cells as (

    select
        company_id, shared_name, tie_group,
        sum(case when side = 'actual' then amount else -amount end) as residual_amount,
        max(case when side = 'expected' then 1 else 0 end) as is_expected,
        max(case when side = 'actual' then 1 else 0 end) as is_actual
    from named
    where shared_name is not null
    group by company_id, shared_name, tie_group

),

judged as (

    select
        cells.*,
        min(is_expected * is_actual) over (partition by company_id, shared_name) as is_same_accounts
    from cells

)

select
    sided.*,
    case when judged.shared_name is not null then 'K3' else 'K1' end as match_key,
    case
        when landed.entry_id is not null then 'supplier_invoice'
        when judged.shared_name is not null then 'named'
        else sided.doc_kind
    end as match_kind,
    coalesce(landed.supplier_invoice_id, judged.shared_name, sided.doc_id) as match_id
from {{ ref('int_ledger__document_posting') }} as sided
left join {{ ref('int_ledger__landed_posting') }} as landed
    using (company_id, side, entry_id, entry_line)
left join named
    on
        sided.company_id = named.company_id
        and sided.side = named.side
        and sided.source_system = named.source_system
        and sided.entry_id = named.entry_id
        and sided.entry_line = named.entry_line
left join judged
    on
        named.company_id = judged.company_id
        and named.shared_name = judged.shared_name
        and named.tie_group = judged.tie_group
        and (judged.is_same_accounts = 1 or judged.residual_amount = 0 and judged.is_actual = 1)
