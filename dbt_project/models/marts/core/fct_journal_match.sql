with

run as (

    select * from {{ ref('int_control__run') }}

),

open_lines as (      -- documents that agree line by line stand in the keys and nowhere else

    select company_id, entry_id, entry_line
    from {{ ref('int_ledger__paired_posting') }}
    where side = 'expected'

),

agreed as (

    select keys.*
    from {{ ref('int_ledger__posting_key') }} as keys
    left join open_lines
        on
            keys.company_id = open_lines.company_id
            and keys.expected_journal_id = open_lines.entry_id
            and keys.expected_line = open_lines.entry_line
    where keys.expected_count = 1 and keys.actual_count = 1 and open_lines.company_id is null

),

matches as (

    select
        company_id, expected_journal_id, expected_line, source_system, journal_id, journal_line,
        amount as matched_amount, 'K1' as match_key
    from agreed
    union all
    select
        company_id, expected_journal_id, expected_line, source_system, journal_id, journal_line,
        matched_amount, match_key
    from {{ ref('int_ledger__open_match') }}
    union all
    select
        nearby.company_id, nearby.expected_journal_id, nearby.expected_line, nearby.source_system,
        nearby.journal_id, nearby.journal_line, nearby.matched_amount, 'K4'
    from {{ ref('int_ledger__nearby_posting') }} as nearby

)

select
    matches.company_id,
    matches.expected_journal_id,
    cast(matches.expected_line as bigint) as line,
    matches.source_system,
    matches.journal_id,
    matches.journal_line,

    cast(matches.matched_amount as decimal(18, 4)) as matched_amount,
    matches.match_key,

    run.as_of_at,
    run.watermark_at
from matches
cross join run
