-- What is left of a document after pairing. The same line and amount on another account, or on another
-- line in another period; then both sides of one account with different amounts, by cause: the amount
-- in the document's currency agrees, or the rate of another day explains it, or what is lacking is the
-- gain or loss of a rate (rate), quantities differ (quantity), a few cents (rounding), else cost. What
-- one side has stays open, unless another account has just that too much: then it is one mistake.

with

postings as (

    select
        *,
        case when side = 'expected' then 1 else 0 end as is_expected,
        case when side = 'actual' then 1 else 0 end as is_actual
    from {{ ref('int_ledger__paired_posting') }}
    where pairing = 'open'

),

by_line as (

    select
        postings.*,
        row_number() over (
            partition by company_id, match_kind, match_id, doc_line, amount, side
            order by tie_group, posting_date, entry_id, entry_line
        ) as turn,
        least(sum(is_expected) over same_line, sum(is_actual) over same_line) as line_count,
        least(sum(is_expected) over own_line, sum(is_actual) over own_line) > 0 as is_answered
    from postings
    window
        same_line as (partition by company_id, match_kind, match_id, doc_line, amount),
        own_line as (partition by company_id, match_kind, match_id, doc_line, tie_group, location_id)

),

by_document as (      -- a line that its own account answers, in another amount, is on the right one

    select
        by_line.*,
        turn <= line_count as is_same_line,
        row_number() over (
            partition by company_id, match_kind, match_id, amount, turn <= line_count, is_answered, side
            order by tie_group, posting_date, entry_id, entry_line
        ) as document_turn,
        least(sum(is_expected) over same_size, sum(is_actual) over same_size) as document_count
    from by_line
    window
        same_size as (partition by company_id, match_kind, match_id, amount, turn <= line_count, is_answered)

),

accounted as (

    select
        by_document.*,
        is_same_line or not is_answered and document_turn <= document_count as is_wrong_account,
        case when is_same_line then turn else document_turn end as moved_turn,
        case when is_same_line then doc_line else '' end as pair_line
    from by_document

),

met as (      -- a pair on one account lies in two periods, or step 3 would have found it

    select
        accounted.*,
        is_wrong_account
        and min(concat_ws('|', tie_group, location_id)) over pair
        = max(concat_ws('|', tie_group, location_id)) over pair as is_same_account
    from accounted
    window pair as (
        partition by
            company_id, match_kind, match_id, amount, is_same_line, pair_line, moved_turn, is_wrong_account
    )

),

valued as (

    select
        met.*,
        not is_wrong_account
        and sum(is_expected) over account > 0 and sum(is_actual) over account > 0 as is_met,
        abs(sum(amount * (is_actual - is_expected)) over account) as left_amount,
        sum(amount_doc * (is_actual - is_expected)) over account as left_doc_amount,
        sum(qty * (is_actual - is_expected)) over account as left_qty,
        count(amount_doc) over account = count(*) over account as has_doc_amounts,
        count(qty) over account = count(*) over account as has_quantities,
        max(case when is_foreign then 1 else 0 end) over document as is_in_currency,
        sum(amount * (is_actual - is_expected)) over (
            partition by company_id, match_kind, match_id, is_wrong_account
        ) = 0 as is_balanced
    from met
    window
        account as (
            partition by company_id, match_kind, match_id, tie_group, location_id, is_wrong_account
        ),
        document as (partition by company_id, match_kind, match_id)

),

judged as (      -- one cause for a document: what one of its accounts can tell holds for all

    select
        valued.*,
        max(
            case
                when rates.is_of_rates then 1
                when is_met and is_in_currency = 1 and has_doc_amounts and left_doc_amount = 0 then 1
                when not is_met and is_balanced and account_role = 'FX_GAIN_LOSS' then 1
                else 0
            end
        ) over document as is_rate,
        max(case when is_met and has_quantities and left_qty <> 0 then 1 else 0 end) over document
            as is_quantity,
        max(case when is_met then left_amount else 0 end) over document as most_amount,
        is_balanced and max(case when is_met then 1 else 0 end) over document = 1 as is_moved
    from valued
    left join {{ ref('int_ledger__rate_difference') }} as rates
        using (company_id, match_kind, match_id)
    window document as (partition by company_id, match_kind, match_id)

)

select
    judged.company_id, side, source_system, entry_id, entry_line, doc_kind, doc_id, doc_line,
    account_code, account_role, tie_group, location_id, posting_date, period_key, amount,
    item_id, movement_id, invoice_id, reference, is_manual, match_key, match_kind, match_id,
    case
        -- one entry in a later period for all that was expected before: only the period differs
        when is_same_account or is_met and left_amount = 0 then 'WRONG_PERIOD'
        when is_wrong_account then 'WRONG_ACCOUNT'
        -- a few cents more or less in a document that is posted are no line that is missing
        when
            not is_met
            and not (
                is_document_met and (is_rate = 1 or is_moved or abs(amount) <= settings.value)
            )
            then 'open'
        when is_rate = 1 then 'AMOUNT_FX'
        when is_quantity = 1 then 'AMOUNT_QTY'
        when most_amount <= settings.value then 'AMOUNT_ROUND'
        else 'AMOUNT_COST'
    end as pairing,
    case when is_wrong_account then moved_turn end as pair_turn,
    is_same_line
from judged
inner join {{ ref('ledger_setting') }} as settings
    on settings.setting = 'rounding_amount'
