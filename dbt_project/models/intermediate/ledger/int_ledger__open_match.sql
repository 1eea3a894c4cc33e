-- Which entry of an open document answers which expected line, and with how much. Equal lines by turn;
-- sums and other amounts are used up in order, debits by debits and credits by credits.

with

paired as (

    select * from {{ ref('int_ledger__paired_posting') }}

),

classed as (

    select * from {{ ref('int_ledger__classed_posting') }}
    where pairing <> 'open'

),

turned as (

    select
        company_id, side, source_system, entry_id, entry_line, amount, match_key, match_kind, match_id,
        concat_ws(
            '|', pairing, doc_line, tie_group, location_id, pair_turn,
            case when pairing = 'equal' then period_key end
        ) as pair_name
    from paired
    where pairing in ('equal', 'WRONG_PERIOD')
    union all
    select
        company_id, side, source_system, entry_id, entry_line, amount, match_key, match_kind, match_id,
        concat_ws('|', pairing, case when is_same_line then doc_line else '*' end, pair_turn)
    from classed
    where pairing in ('WRONG_ACCOUNT', 'WRONG_PERIOD') and pair_turn is not null

),

pooled as (

    select
        company_id, side, source_system, entry_id, entry_line, posting_date, amount, match_key,
        match_kind, match_id,
        concat_ws('|', tie_group, location_id, period_key, amount > 0) as pool_name
    from paired
    where pairing = 'sum'
    union all
    select
        company_id, side, source_system, entry_id, entry_line, posting_date, amount, match_key,
        match_kind, match_id,
        concat_ws('|', pairing, tie_group, location_id, amount > 0)
    from classed
    where pairing like 'AMOUNT%' or pairing = 'WRONG_PERIOD' and pair_turn is null

),

stretched as (

    select
        pooled.*,
        sum(abs(amount)) over (
            partition by company_id, match_kind, match_id, pool_name, side
            order by posting_date, entry_id, length(entry_line), entry_line
            rows between unbounded preceding and current row
        ) as ends_at
    from pooled

)

select
    expected.company_id,
    expected.entry_id as expected_journal_id,
    expected.entry_line as expected_line,
    actual.source_system,
    actual.entry_id as journal_id,
    actual.entry_line as journal_line,
    expected.amount as matched_amount,
    expected.match_key
from turned as expected
inner join turned as actual
    on
        expected.company_id = actual.company_id
        and expected.match_kind = actual.match_kind
        and expected.match_id = actual.match_id
        and expected.pair_name = actual.pair_name
        and expected.amount = actual.amount
        and expected.side = 'expected'
        and actual.side = 'actual'
union all
select
    expected.company_id,
    expected.entry_id,
    expected.entry_line,
    actual.source_system,
    actual.entry_id,
    actual.entry_line,
    sign(expected.amount) * (
        least(expected.ends_at, actual.ends_at)
        - greatest(expected.ends_at - abs(expected.amount), actual.ends_at - abs(actual.amount))
    ),
    case when expected.match_key = 'K3' then 'K3' else 'K2' end
from stretched as expected
inner join stretched as actual
    on
        expected.company_id = actual.company_id
        and expected.match_kind = actual.match_kind
        and expected.match_id = actual.match_id
        and expected.pool_name = actual.pool_name
        and expected.side = 'expected'
        and actual.side = 'actual'
        and least(expected.ends_at, actual.ends_at)
        > greatest(expected.ends_at - abs(expected.amount), actual.ends_at - abs(actual.amount))
