-- What the group takes out of its stock (E42): the gain of one company in goods that another still
-- holds. What is left of a purchase the buyer's books say where they keep layers; of an average it is
-- what is left when pieces leave in the order in which they came (ruling C3) and customers bring back
-- what left last (C4). The gain is shared by pieces and rounded once.
with

moves as (

    select company_id, move_id, transfer_id, item_id, qty_base
    from {{ ref('int_stock__move') }}
    where is_main and transfer_id is not null

),

sold as (

    select
        moves.company_id as seller_id,
        prices.buyer_id as company_id,
        moves.transfer_id,
        moves.item_id,
        sum(case when prices.amount < 0 then -moves.qty_base else moves.qty_base end) as sold_qty,
        sum(prices.amount) as price_amount,
        sum(-posted.cost_amount) as cost_amount
    from {{ ref('int_ledger__group_price') }} as prices
    inner join moves
        on
            prices.company_id = moves.company_id
            and prices.move_id = moves.move_id
    inner join {{ ref('int_valuation__posted_value') }} as posted
        on
            prices.company_id = posted.company_id
            and prices.move_id = posted.event_id
    where prices.buyer_id is not null
    group by moves.company_id, prices.buyer_id, moves.transfer_id, moves.item_id

),

entries as (

    select
        company_id, item_id, event_id, movement_id, entry_kind, posting_date, entry_number, qty_base,
        costing_method in ('fifo', 'lifo', 'specific') as is_layered
    from {{ ref('stg_computed__cost_entry') }}
    where is_policy_method and qty_base <> 0

),

held as (

    select company_id, item_id, sum(qty_base) as held_qty
    from entries
    group by company_id, item_id
    having sum(qty_base) > 0

),

layers as (

    select company_id, item_id, layer_id, sum(qty_remaining) as left_qty
    from {{ ref('stg_computed__cost_layer') }}
    where is_policy_method and qty_remaining > 0
    group by company_id, item_id, layer_id

),

come_in as (

    select
        entries.company_id,
        entries.item_id,
        entries.event_id,
        entries.qty_base,
        entries.is_layered,
        coalesce(layers.left_qty, 0) as layer_qty,
        held.held_qty,
        sum(entries.qty_base) over (
            partition by entries.company_id, entries.item_id
            order by entries.posting_date desc, entries.entry_number desc
            rows between unbounded preceding and current row
        ) - entries.qty_base as come_later_qty
    from entries
    inner join held
        on
            entries.company_id = held.company_id
            and entries.item_id = held.item_id
    left join layers
        on
            entries.company_id = layers.company_id
            and entries.item_id = layers.item_id
            and entries.movement_id = layers.layer_id
    where entries.qty_base > 0 and entries.entry_kind not in ('return_in', 'transfer_in')

),

left_over as (

    select
        come_in.company_id,
        moves.transfer_id,
        come_in.item_id,
        sum(come_in.qty_base) as bought_qty,
        sum(least(
            come_in.qty_base,
            case
                when come_in.is_layered then come_in.layer_qty
                else greatest(come_in.held_qty - come_in.come_later_qty, 0)
            end
        )) as left_qty
    from come_in
    inner join moves
        on
            come_in.company_id = moves.company_id
            and come_in.event_id = moves.move_id
    group by come_in.company_id, moves.transfer_id, come_in.item_id

)

select
    left_over.company_id,
    sold.seller_id,
    left_over.transfer_id,
    left_over.item_id,
    cast(sold.sold_qty as decimal(18, 6)) as sold_qty,
    cast(left_over.left_qty as decimal(18, 6)) as left_qty,
    cast(sold.price_amount as decimal(18, 4)) as price_amount,
    cast(sold.cost_amount as decimal(18, 4)) as cost_amount,
    cast({{ minor_unit(
        'cast(sold.price_amount - sold.cost_amount as decimal(28, 4)) * cast(left_over.left_qty as decimal(18, 6))',
        'companies.currency_decimals', by='left_over.bought_qty', from_scale=10
    ) }} as decimal(18, 4)) as markup_amount
from left_over
inner join sold
    on
        left_over.company_id = sold.company_id
        and left_over.transfer_id = sold.transfer_id
        and left_over.item_id = sold.item_id
inner join {{ ref('int_master__company') }} as companies
    on sold.seller_id = companies.company_id
where left_over.left_qty > 0
