-- K4: an amount that one side expects and the other has on the same account within a few days, of the
-- same item where both name one. Only where neither of the two has another candidate.

with

lone as (

    select * from {{ ref('int_ledger__lone_posting') }}
    where is_by_document

),

settings as (

    select * from {{ ref('ledger_setting') }}
    where setting = 'nearby_days'

),

candidates as (

    select
        expected.company_id,
        expected.entry_id as expected_journal_id,
        expected.entry_line as expected_line,
        expected.period_key as expected_period_key,
        actual.source_system,
        actual.entry_id as journal_id,
        actual.entry_line as journal_line,
        actual.period_key as actual_period_key,
        expected.amount as matched_amount,
        count(*) over (
            partition by expected.company_id, expected.entry_id, expected.entry_line
        ) as actual_count,
        count(*) over (
            partition by actual.company_id, actual.source_system, actual.entry_id, actual.entry_line
        ) as expected_count
    from lone as expected
    inner join lone as actual
        on
            expected.company_id = actual.company_id
            and expected.tie_group = actual.tie_group
            and expected.location_id = actual.location_id
            and expected.amount = actual.amount
            and expected.side = 'expected'
            and actual.side = 'actual'
            and (expected.item_id = actual.item_id or expected.item_id is null or actual.item_id is null)
    inner join settings
        on
            {{ days_between('expected.posting_date', 'actual.posting_date') }}
            between -settings.value and settings.value

)

select
    company_id, expected_journal_id, expected_line, source_system, journal_id, journal_line,
    matched_amount,
    expected_period_key <> actual_period_key as is_wrong_period
from candidates
where actual_count = 1 and expected_count = 1
