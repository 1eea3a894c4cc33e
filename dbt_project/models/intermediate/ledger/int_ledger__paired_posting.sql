-- Inside a document. Step 1: equal lines of one period belong together, one to one (K1). Step 2: what
-- is left of an account and period and has the same amount, adds up to nothing, or is one entry as
-- large as all that is expected, belongs together as a sum (K2). Step 3: equal lines of different
-- periods. Step 4: an entry more than expected, of the same line and amount, is a second posting.

with

postings as (

    select
        *,
        row_number() over (
            partition by company_id
            order by posting_date, length(entry_id), entry_id, length(entry_line), entry_line, side
        ) as place,
        case when side = 'expected' then 1 else 0 end as is_expected,
        case when side = 'actual' then 1 else 0 end as is_actual
    from {{ ref('int_ledger__open_posting') }}
    where match_id <> ''

),

numbered as (

    select
        postings.*,
        row_number() over (
            partition by
                company_id, match_kind, match_id, doc_line, tie_group, location_id, period_key,
                amount, side
            order by place
        ) as turn,
        least(sum(is_expected) over same_line, sum(is_actual) over same_line) as equal_count,
        -- the same line and amount in whatever period
        sum(is_expected) over (
            partition by company_id, match_kind, match_id, doc_line, tie_group, location_id, amount
        ) as twin_count
    from postings
    window
        same_line as (
            partition by
                company_id, match_kind, match_id, doc_line, tie_group, location_id, period_key, amount
        )

),

summed as (

    select
        numbered.*,
        turn <= equal_count as is_equal,
        sum(amount * (is_actual - is_expected)) over cell as left_amount,
        sum(amount * is_expected) over cell as expected_amount,
        sum(is_expected) over cell > 0 and sum(is_actual) over cell > 0 as is_met,
        row_number() over (
            partition by
                company_id, match_kind, match_id, tie_group, location_id, period_key,
                turn <= equal_count, side, amount
            order by place
        ) as size_turn,
        least(sum(is_expected) over same_size, sum(is_actual) over same_size) as size_count
    from numbered
    window
        cell as (
            partition by
                company_id, match_kind, match_id, tie_group, location_id, period_key,
                turn <= equal_count
        ),
        same_size as (
            partition by
                company_id, match_kind, match_id, tie_group, location_id, period_key,
                turn <= equal_count, amount
        )

),

whole as (      -- of several entries as large as the whole expectation, the first is it

    select
        summed.*,
        is_actual = 1 and is_met and amount = expected_amount as is_whole,
        max(case when is_actual = 1 and is_met and amount = expected_amount then 1 else 0 end) over (
            partition by
                company_id, match_kind, match_id, tie_group, location_id, period_key, is_equal
        ) as has_whole
    from summed

),

grouped as (

    select
        whole.*,
        -- entries of a document we know that take each other back within a period are none
        not is_equal and (
            left_amount = 0 and (is_met or is_actual = 1 and sum(is_expected) over document > 0)
            or is_met and (
                size_turn <= size_count
                or has_whole = 1 and (is_expected = 1 or is_whole and size_turn = 1)
            )
        ) as is_sum,
        not is_equal and left_amount <> 0 and is_whole and size_turn > 1 as is_second_sum
    from whole
    window document as (partition by company_id, match_kind, match_id)

),

across as (

    select
        grouped.*,
        row_number() over (
            partition by
                company_id, match_kind, match_id, doc_line, tie_group, location_id, amount,
                is_equal or is_sum, side
            order by place
        ) as late_turn,
        least(sum(is_expected) over late, sum(is_actual) over late) as late_count
    from grouped
    window
        late as (
            partition by
                company_id, match_kind, match_id, doc_line, tie_group, location_id, amount,
                is_equal or is_sum
        )

)

select
    company_id, side, source_system, entry_id, entry_line, doc_kind, doc_id, doc_line,
    account_code, account_role, tie_group, location_id, posting_date, period_key, amount,
    amount_doc, qty, item_id, movement_id, invoice_id, reference, is_manual, is_foreign,
    match_key, match_kind, match_id,
    case
        when is_equal then 'equal'
        when is_sum then 'sum'
        when late_turn <= late_count then 'WRONG_PERIOD'
        when is_second_sum or is_actual = 1 and twin_count > 0 then 'DUPLICATE_POSTING'
        else 'open'
    end as pairing,
    case
        when is_equal then turn
        when not is_sum and late_turn <= late_count then late_turn
    end as pair_turn,
    sum(is_expected) over document > 0 and sum(is_actual) over document > 0 as is_document_met
from across
window document as (partition by company_id, match_kind, match_id)
