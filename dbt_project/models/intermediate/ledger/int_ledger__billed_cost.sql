-- Cost that waits for the invoice, or is booked anew with it, under the profiles that do so: pieces
-- billed of an order line take the cost of the pieces that left first; what a carrier lost or a
-- customer refused takes its own away, and what is billed before it leaves takes none.

with

waiting_sales as (

    select company_id, sale_key from {{ ref('int_ledger__cost_lot') }}
    group by company_id, sale_key

),

stacked as (      -- within a day goods leave before they are billed

    select
        company_id, sale_key, subject_id, happened_on,
        case when is_lost then 1 else 0 end as rank_in_day,
        case when is_lost then 0 else qty end as sent_qty,
        case when is_lost then qty else 0 end as billed_qty,
        cost_amount
    from {{ ref('int_ledger__cost_lot') }}
    union all
    select
        turns.company_id, turns.sale_key, turns.subject_id, turns.happened_on,
        1, 0, lines.match_qty, 0
    from {{ ref('int_ledger__sale_turn') }} as turns
    inner join waiting_sales
        on
            turns.company_id = waiting_sales.company_id
            and turns.sale_key = waiting_sales.sale_key
    inner join {{ ref('int_billing__invoice_line') }} as lines
        on
            turns.side = 'invoice'
            and turns.company_id = lines.company_id
            and turns.subject_id
            = concat_ws('|', lines.source_system, lines.invoice_id, lines.invoice_line)
    where lines.match_qty > 0

),

summed as (

    select
        *,
        sum(sent_qty) over turn_by_turn as sent_upto,
        sum(billed_qty) over turn_by_turn as billed_upto
    from stacked
    window
        turn_by_turn as (
            partition by company_id, sale_key
            order by happened_on, rank_in_day, length(subject_id), subject_id
            rows between unbounded preceding and current row
        )

),

covered as (      -- what is billed before it leaves has no cost to take: the most that was ever short

    select
        *,
        billed_upto - greatest(0, max(billed_upto - sent_upto) over (
            partition by company_id, sale_key
            order by happened_on, rank_in_day, length(subject_id), subject_id
            rows between unbounded preceding and current row
        )) as taken_upto
    from summed

),

taken as (

    select
        *,
        coalesce(lag(taken_upto) over (
            partition by company_id, sale_key
            order by happened_on, rank_in_day, length(subject_id), subject_id
        ), 0) as taken_from
    from covered

),

met as (

    select
        taken.company_id,
        taken.subject_id,
        lots.cost_amount,
        lots.sent_qty,
        cast(
            greatest(taken.taken_from, lots.sent_upto - lots.sent_qty)
            - (lots.sent_upto - lots.sent_qty) as decimal(18, 6)
        ) as met_from,
        cast(
            least(taken.taken_upto, lots.sent_upto) - (lots.sent_upto - lots.sent_qty)
            as decimal(18, 6)
        ) as met_upto
    from taken
    inner join summed as lots
        on
            taken.rank_in_day = 1
            and lots.sent_qty > 0
            and taken.company_id = lots.company_id
            and taken.sale_key = lots.sale_key
            and taken.taken_from < lots.sent_upto
            and lots.sent_upto - lots.sent_qty < taken.taken_upto
            and taken.taken_from < taken.taken_upto

)

select
    met.company_id,
    met.subject_id,
    cast(sum(
        {{ minor_unit('cast(met.cost_amount as decimal(18, 4)) * met.met_upto', 'companies.currency_decimals',
            by='cast(met.sent_qty as decimal(18, 6))', from_scale=10) }}
        - {{ minor_unit('cast(met.cost_amount as decimal(18, 4)) * met.met_from', 'companies.currency_decimals',
            by='cast(met.sent_qty as decimal(18, 6))', from_scale=10) }}
    ) as decimal(18, 4)) as cost_amount
from met
inner join {{ ref('int_master__company') }} as companies
    on met.company_id = companies.company_id
group by met.company_id, met.subject_id
