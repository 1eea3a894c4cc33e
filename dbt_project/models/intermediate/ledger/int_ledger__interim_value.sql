-- Goods received at expected cost until their bill comes, under the profiles that wait for it: what a
-- bill takes out of the interim account, and which goods that went back had not been billed.

with

waiting_companies as (

    select profiles.company_id
    from {{ ref('int_ledger__booking') }} as profiles
    inner join {{ ref('posting_rule') }} as rules
        on
            profiles.books_as = rules.posting_profile
            and rules.event_code = 'E10'
            and rules.part = 'interim'
    group by profiles.company_id

),

received as (

    select
        layers.company_id,
        layers.event_id,
        layers.receipt_id,
        layers.receipt_line,
        layers.item_id,
        moves.qty_base as qty,
        moves.value_amount
    from {{ ref('int_ledger__posting_move') }} as moves
    inner join waiting_companies
        on moves.company_id = waiting_companies.company_id
    inner join {{ ref('int_valuation__receipt_layer') }} as layers
        on
            moves.company_id = layers.company_id
            and moves.move_id = layers.event_id
    where moves.rule_code in ('E04', 'E05') and moves.turn = 1

),

taken as (

    select
        billed.company_id, billed.receipt_event_id as event_id, 'billed' as taken_by,
        concat_ws('|', billed.source_system, billed.supplier_invoice_id, billed.invoice_line)
            as subject_id,
        billed.posting_date, billed.qty_base as qty
    from {{ ref('int_valuation__billed_receipt') }} as billed
    inner join waiting_companies
        on billed.company_id = waiting_companies.company_id
    union all
    select
        moves.company_id, received.event_id, 'returned', moves.move_id, moves.ledger_date, moves.qty_base
    from {{ ref('int_ledger__posting_move') }} as moves
    inner join received
        on
            moves.rule_code = 'E09'
            and moves.company_id = received.company_id
            and moves.receipt_id = received.receipt_id
            and moves.receipt_line = received.receipt_line
            and moves.item_id = received.item_id

),

in_turn as (

    select
        taken.*,
        sum(taken.qty) over (
            partition by taken.company_id, taken.event_id
            order by taken.posting_date, taken.taken_by, taken.subject_id
            rows between unbounded preceding and current row
        ) as upto
    from taken

),

met as (

    select
        in_turn.company_id,
        in_turn.taken_by,
        in_turn.subject_id,
        received.item_id,
        received.qty,
        received.value_amount,
        cast(least(in_turn.upto - in_turn.qty, received.qty) as decimal(18, 6)) as met_from,
        cast(least(in_turn.upto, received.qty) as decimal(18, 6)) as met_upto
    from in_turn
    inner join received
        on
            in_turn.company_id = received.company_id
            and in_turn.event_id = received.event_id

)

select
    met.company_id,
    met.taken_by,
    met.subject_id,
    cast(sum(
        {{ minor_unit('cast(met.value_amount as decimal(18, 4)) * met.met_upto', 'companies.currency_decimals',
            by='cast(met.qty as decimal(18, 6))', from_scale=10) }}
        - {{ minor_unit('cast(met.value_amount as decimal(18, 4)) * met.met_from', 'companies.currency_decimals',
            by='cast(met.qty as decimal(18, 6))', from_scale=10) }}
    ) as decimal(18, 4)) as interim_amount
from met
inner join {{ ref('int_master__company') }} as companies
    on met.company_id = companies.company_id
where met.met_upto > met.met_from
group by met.company_id, met.taken_by, met.subject_id
