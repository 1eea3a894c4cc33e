-- Days on which all that nobody answers on an account comes to the same amount on both sides, or to
-- nothing where only the ledger has it: the same postings under other names, with what was taken back
-- and renewed that day. What people enter by hand is no part of it.

with

lone as (

    select * from {{ ref('int_ledger__lone_posting') }}
    where is_by_document and not is_manual

),

nearby as (

    select * from {{ ref('int_ledger__nearby_posting') }}

)

select lone.company_id, lone.account_code, lone.location_id, lone.posting_date
from lone
left join nearby as expected
    on
        lone.company_id = expected.company_id
        and lone.entry_id = expected.expected_journal_id
        and lone.entry_line = expected.expected_line
left join nearby as actual
    on
        lone.company_id = actual.company_id
        and lone.source_system = actual.source_system
        and lone.entry_id = actual.journal_id
        and lone.entry_line = actual.journal_line
where expected.company_id is null and actual.company_id is null
group by lone.company_id, lone.account_code, lone.location_id, lone.posting_date
having
    sum(case when lone.side = 'actual' then lone.amount else -lone.amount end) = 0
    and sum(case when lone.side = 'actual' then 1 else 0 end) > 0
