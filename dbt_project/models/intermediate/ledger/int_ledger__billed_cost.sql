-- Cost that waits for the invoice, or is booked anew with it, under the profiles that do so: pieces
-- billed of an order line take the cost of the pieces that left first; what a carrier lost or a
-- customer refused takes its own away.

with

waiting_profiles as (

    select posting_profile from {{ ref('posting_rule') }}
    where event_code = 'E23' and part = 'cost'
    group by posting_profile

),

waiting_companies as (

    select profiles.company_id
    from {{ ref('int_policy__posting_profile') }} as profiles
    inner join waiting_profiles
        on profiles.profile = waiting_profiles.posting_profile
    group by profiles.company_id

),

moves as (

    select
        moves.*,
        sales.sale_key,
        sales.billed_qty
    from {{ ref('int_ledger__posting_move') }} as moves
    inner join waiting_companies
        on moves.company_id = waiting_companies.company_id
    inner join {{ ref('int_ledger__sale_document') }} as sales
        on
            moves.company_id = sales.company_id
            and moves.source_doc_type = sales.source_doc_type
            and moves.source_doc_id = sales.source_doc_id
            and moves.source_doc_line = sales.source_doc_line
    where moves.rule_code in ('E19', 'E20', 'E27') and moves.turn = 1

),

sent as (      -- one lot per order line and shipment

    select
        company_id,
        sale_key,
        source_doc_id,
        sum(value_amount) as cost_amount,
        sum(billed_qty) as qty,
        sum(sum(billed_qty)) over (
            partition by company_id, sale_key
            order by min(ledger_date), source_doc_id
            rows between unbounded preceding and current row
        ) as upto
    from moves
    where rule_code <> 'E27'
    group by company_id, sale_key, source_doc_id

),

taken as (

    select
        turns.company_id, turns.sale_key, turns.subject_id, turns.happened_on, lines.match_qty as qty
    from {{ ref('int_ledger__sale_turn') }} as turns
    inner join waiting_companies
        on turns.company_id = waiting_companies.company_id
    inner join {{ ref('int_billing__invoice_line') }} as lines
        on
            turns.side = 'invoice'
            and turns.company_id = lines.company_id
            and turns.subject_id
            = concat_ws('|', lines.source_system, lines.invoice_id, lines.invoice_line)
    where lines.match_qty > 0
    union all
    select company_id, sale_key, move_id, ledger_date, qty_base
    from moves
    where rule_code = 'E27'

),

in_turn as (

    select
        *,
        sum(qty) over (
            partition by company_id, sale_key
            order by happened_on, subject_id
            rows between unbounded preceding and current row
        ) as upto
    from taken

),

met as (

    select
        in_turn.company_id,
        in_turn.subject_id,
        sent.cost_amount,
        sent.qty,
        cast(
            greatest(in_turn.upto - in_turn.qty, sent.upto - sent.qty) - (sent.upto - sent.qty)
            as decimal(18, 6)
        ) as met_from,
        cast(least(in_turn.upto, sent.upto) - (sent.upto - sent.qty) as decimal(18, 6)) as met_upto
    from in_turn
    inner join sent
        on
            in_turn.company_id = sent.company_id
            and in_turn.sale_key = sent.sale_key
            and in_turn.upto - in_turn.qty < sent.upto
            and sent.upto - sent.qty < in_turn.upto

)

select
    company_id,
    subject_id,
    cast(sum(
        {{ divide_exact('cast(cost_amount as decimal(18, 4)) * met_upto', 'cast(qty as decimal(18, 6))', 2, 10, 6) }}
        - {{ divide_exact('cast(cost_amount as decimal(18, 4)) * met_from', 'cast(qty as decimal(18, 6))', 2, 10, 6) }}
    ) as decimal(18, 4)) as cost_amount
from met
group by company_id, subject_id
