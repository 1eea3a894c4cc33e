-- Lots taken in at a cost of the item master that had ended before they came, while another one
-- holds and the order asks another price (L10): what the pieces cost is the difference to it.
with

receipts as (

    select
        movements.company_id, movements.event_id, movements.item_id, movements.location_id,
        movements.movement_id, movements.receipt_id, movements.receipt_line,
        movements.posting_date, movements.event_at, movements.qty_base, movements.lot_number,
        {{ divide_exact('costs.cost_amount', 'costs.qty_base', 8, from_scale=4) }} as unit_cost
    from {{ ref('int_valuation__pool_movement') }} as movements
    inner join {{ ref('int_valuation__arrival_cost') }} as costs
        on
            movements.company_id = costs.company_id
            and movements.event_id = costs.event_id
    left join {{ ref('int_valuation__receipt_layer') }} as layers
        on
            movements.company_id = layers.company_id
            and movements.event_id = layers.event_id
    left join {{ ref('int_valuation__order_price') }} as prices
        on
            layers.company_id = prices.company_id
            and layers.purchase_order_id = prices.po_id
            and layers.purchase_order_line = prices.po_line
            and prices.is_own_currency
    where
        movements.event_kind = 'receipt' and movements.lot_number <> ''
        and costs.cost_source <> 'supplier invoice'
        -- what the supplier asks for the piece is its price, however old
        and coalesce(abs(prices.unit_price * movements.qty_base - costs.cost_amount) > 0.005, true)

),

known as (

    select * from {{ ref('int_valuation__known_cost') }}

),

ended as (

    select
        receipts.*,
        known.cost_type,
        known.valid_to as ended_on,
        row_number() over (
            partition by receipts.company_id, receipts.event_id
            order by known.valid_to desc, known.cost_type
        ) as recency
    from receipts
    inner join known
        on
            receipts.company_id = known.company_id
            and receipts.item_id = known.item_id
            and receipts.posting_date > known.valid_to
            and abs(receipts.unit_cost - known.unit_cost) <= 0.005

)

select
    'STALE_COST' as code,
    ended.company_id,
    ended.item_id,
    ended.location_id,
    cast(null as varchar) as movement_id,
    ended.receipt_id,
    ended.event_id as business_key,
    ended.event_at as first_event_at,
    cast(round(abs(current_costs.unit_cost - ended.unit_cost) * ended.qty_base, 2) as decimal(18, 4))
        as exposure_amount,
    'pieces at the cost in force less the one that had ended' as exposure_basis,
    'a lot is costed at a cost that holds' as rule_id,
    concat_ws(' ', 'cost', ended.unit_cost, 'ended', ended.ended_on) as detail,
    ended.qty_base as qty
from ended
inner join known as current_costs
    on
        ended.company_id = current_costs.company_id
        and ended.item_id = current_costs.item_id
        and ended.cost_type = current_costs.cost_type
        and ended.posting_date between current_costs.valid_from and current_costs.valid_to
where ended.recency = 1 and abs(current_costs.unit_cost - ended.unit_cost) > 0.005
