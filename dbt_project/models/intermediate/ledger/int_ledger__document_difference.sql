-- Lines of a ledger that names documents, that do not agree: each with its class and with the problem
-- it is part of. One document that the ledger lacks is one problem, however many accounts it misses on.

with

paired as (

    select * from {{ ref('int_ledger__paired_posting') }}
    where pairing in ('WRONG_PERIOD', 'DUPLICATE_POSTING')

),

classed as (

    select * from {{ ref('int_ledger__classed_posting') }}
    where pairing <> 'open'

),

stray as (

    select * from {{ ref('int_ledger__stray_posting') }}
    where item_class <> 'near'

),

stacked as (

    select
        company_id, side, source_system, entry_id, entry_line, doc_kind, doc_id, doc_line,
        account_code, tie_group, location_id, posting_date, period_key, amount, item_id,
        movement_id, reference, pairing as item_class,
        case
            when pairing = 'DUPLICATE_POSTING' then concat_ws('|', 'posted', entry_id, match_id)
            else concat_ws('|', match_kind, match_id)
        end as problem_key,
        cast(null as varchar) as waiting_journal_id
    from paired
    union all
    select
        company_id, side, source_system, entry_id, entry_line, doc_kind, doc_id, doc_line,
        account_code, tie_group, location_id, posting_date, period_key, amount, item_id,
        movement_id, reference, pairing,
        case
            when pairing = 'WRONG_ACCOUNT'
                then concat_ws(
                    '|', match_kind, match_id, case when is_same_line then doc_line else '*' end,
                    amount, pair_turn
                )
            else concat_ws('|', match_kind, match_id)
        end,
        null
    from classed
    union all
    select
        company_id, side, source_system, entry_id, entry_line, doc_kind, doc_id, doc_line,
        account_code, tie_group, location_id, posting_date, period_key, amount, receipt_item_id,
        coalesce(receipt_movement_id, movement_id), reference, item_class,
        case
            when item_class = 'WRONG_PERIOD' then concat_ws('|', 'entry', nearby_journal_id)
            when receipt_movement_id is not null then concat_ws('|', doc_kind, doc_id, doc_line)
            when side = 'expected' then concat_ws('|', doc_kind, doc_id)
            when item_class = 'MANUAL_JOURNAL' then concat_ws('|', 'entry', entry_id)
            else concat_ws('|', 'entry', entry_id, doc_id)
        end,
        waiting_journal_id
    from stray

)

select
    company_id,
    cast(floor(period_key / 100) as bigint) as fiscal_year,
    cast(period_key % 100 as bigint) as fiscal_period,
    posting_date,
    account_code,
    tie_group,
    location_id,
    side,
    item_class,
    case when side = 'actual' then amount else -amount end as amount,
    problem_key,
    case when side = 'actual' then source_system end as source_system,
    case when side = 'actual' then entry_id else waiting_journal_id end as journal_id,
    case when side = 'actual' then entry_line end as journal_line,
    doc_kind,
    doc_id,
    doc_line,
    movement_id,
    item_id,
    case when side = 'actual' then coalesce(nullif(reference, ''), doc_id) end as reference
from stacked
