-- K1, in one pass over both sides: what is posted as expected falls together under one key of
-- document, line, account, period and amount. Keys are hashed: text of eight columns would be sorted
-- and kept for every line of a ledger.

with

keyed as (

    select
        company_id,
        md5(concat_ws(
            '|', doc_kind, doc_id, doc_line, tie_group, location_id, period_key, amount
        )) as posting_key,
        amount,
        case when side = 'expected' then entry_id end as expected_journal_id,
        case when side = 'expected' then entry_line end as expected_line,
        case when side = 'actual' then source_system end as source_system,
        case when side = 'actual' then entry_id end as journal_id,
        case when side = 'actual' then entry_line end as journal_line,
        case when side = 'expected' then 1 else 0 end as is_expected,
        case when side = 'actual' then 1 else 0 end as is_actual
    from {{ ref('int_ledger__posting') }}

)

select
    company_id,
    posting_key,
    amount,
    min(expected_journal_id) as expected_journal_id,
    min(expected_line) as expected_line,
    min(source_system) as source_system,
    min(journal_id) as journal_id,
    min(journal_line) as journal_line,
    cast(sum(is_expected) as bigint) as expected_count,
    cast(sum(is_actual) as bigint) as actual_count
from keyed
group by company_id, posting_key, amount
