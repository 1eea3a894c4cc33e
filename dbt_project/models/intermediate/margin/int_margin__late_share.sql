{{ config(materialized='view') }}

-- Which issues bear what came late: of a landed cost or a supplier's difference the part that went to
-- cost of sales, because its pieces were gone, falls on the events that took them. Pieces leave in the
-- order in which they came; where a method says otherwise, or nothing overlaps, all that left between
-- the receipt and its late cost bear it by quantity. At standard cost the difference is a variance and
-- no cost of a sale.
with

entries as (

    select
        company_id, costing_method, item_id, cost_pool_id, entry_number, event_id, entry_kind,
        caused_by_event_id, qty_base, cogs_amount,
        sum(case when qty_base > 0 then qty_base else 0 end) over in_order as in_upto,
        sum(case when qty_base < 0 then -qty_base else 0 end) over in_order as out_upto
    from {{ ref('stg_computed__cost_entry') }}
    where is_policy_method and costing_method <> 'standard'
    window in_order as (
        partition by company_id, costing_method, item_id, cost_pool_id order by entry_number
        rows between unbounded preceding and current row
    )

),

late as (

    select
        costs.*,
        receipts.entry_number as receipt_number,
        receipts.in_upto as receipt_upto,
        receipts.in_upto - receipts.qty_base as receipt_from
    from entries as costs
    inner join entries as receipts
        on
            costs.company_id = receipts.company_id
            and costs.costing_method = receipts.costing_method
            and costs.item_id = receipts.item_id
            and costs.cost_pool_id = receipts.cost_pool_id
            and costs.caused_by_event_id = receipts.event_id
            and receipts.entry_kind = 'receipt'
            and receipts.qty_base > 0
    where costs.entry_kind in ('landed_cost', 'invoice_variance') and costs.cogs_amount <> 0

),

borne as (

    select
        late.company_id, late.item_id, late.cost_pool_id, late.entry_number as late_number, late.costing_method,
        late.cogs_amount, outs.event_id, outs.entry_number, -outs.qty_base as qty,
        greatest(
            least(outs.out_upto, late.receipt_upto) - greatest(outs.out_upto + outs.qty_base, late.receipt_from), 0
        ) as overlap
    from late
    inner join entries as outs
        on
            late.company_id = outs.company_id
            and late.costing_method = outs.costing_method
            and late.item_id = outs.item_id
            and late.cost_pool_id = outs.cost_pool_id
            and outs.qty_base < 0
            and late.receipt_number < outs.entry_number
            and late.entry_number > outs.entry_number

),

weighed as (

    select
        *,
        case
            when costing_method in ('lifo', 'lifo_periodic') or sum(overlap) over of_late = 0 then qty
            else overlap
        end as weight
    from borne
    window of_late as (partition by company_id, costing_method, item_id, cost_pool_id, late_number)

),

reached as (

    select
        *,
        sum(weight) over (
            partition by company_id, costing_method, item_id, cost_pool_id, late_number order by entry_number
            rows between unbounded preceding and current row
        ) as reaches,
        sum(weight) over (
            partition by company_id, costing_method, item_id, cost_pool_id, late_number
        ) as total
    from weighed

)

select
    company_id,
    event_id,
    cast(sum(
        round(cogs_amount * {{ divide_exact('reaches', 'total', 8) }}, 4)
        - round(cogs_amount * {{ divide_exact('(reaches - weight)', 'total', 8) }}, 4)
    ) as decimal(18, 4)) as late_amount
from reached
group by company_id, event_id
