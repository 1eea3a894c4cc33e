-- What the quantity of each movement is worth. Where it enters or leaves a pool the costing engine
-- says it; what left the pool before is worth what it left at, wherever it goes; goods of a receipt
-- are worth what the receipt brought; other steps inside our places what a piece is worth that day,
-- and goods in transfer what they were worth when they were shipped (rulings C5, C7).
with

moves as (

    select * from {{ ref('int_stock__move') }}
    where is_main

),

posted as (

    select * from {{ ref('int_valuation__posted_value') }}

),

shipped as (

    select
        moves.company_id, moves.shipment_id, moves.shipment_line, moves.item_id,
        sum(-posted.cost_amount) as amount,
        sum(-posted.qty_base) as qty
    from moves
    inner join posted
        on
            moves.company_id = posted.company_id
            and moves.move_id = posted.event_id
    where moves.shipment_id is not null and posted.qty_base < 0
    group by moves.company_id, moves.shipment_id, moves.shipment_line, moves.item_id

),

received as (

    select
        layers.company_id, layers.receipt_id, layers.receipt_line, layers.item_id,
        sum(posted.cost_amount) as amount,
        sum(posted.qty_base) as qty
    from {{ ref('int_valuation__receipt_layer') }} as layers
    inner join posted
        on
            layers.company_id = posted.company_id
            and layers.layer_event_id = posted.event_id
    where layers.receipt_id is not null and posted.qty_base > 0
    group by layers.company_id, layers.receipt_id, layers.receipt_line, layers.item_id

),

sent as (      -- the day on which goods in transfer left

    select company_id, transfer_id, item_id, min(posting_date) as sent_on
    from moves
    where to_state = 'XFER_TRANSIT' and transfer_id is not null
    group by company_id, transfer_id, item_id

),

priced as (

    select
        moves.company_id,
        moves.move_id,
        moves.qty_base,
        companies.currency_decimals,
        posted.event_id is not null as is_posted,
        abs(posted.cost_amount) as posted_amount,
        case
            when moves.from_state in ('IN_TRANSIT_OUT', 'RETURN_TRANSIT') and shipped.qty is not null then 'cost at ship'
            when moves.from_state in ('IN_TRANSIT_IN', 'RECEIVED', 'QC_HOLD') and received.qty is not null then 'receipt'
            when coalesce(of_place.unit_cost, of_company.unit_cost) is not null then 'value of the day'
        end as source_of_cost,
        shipped.amount as shipped_amount,
        shipped.qty as shipped_qty,
        received.amount as received_amount,
        received.qty as received_qty,
        case when of_place.unit_cost is null then of_company.pool_amount else of_place.pool_amount end as pool_amount,
        case when of_place.unit_cost is null then of_company.pool_qty else of_place.pool_qty end as pool_qty,
        coalesce(of_place.unit_cost, of_company.unit_cost) as day_unit_cost
    from moves
    inner join {{ ref('int_master__company') }} as companies
        on moves.company_id = companies.company_id
    left join posted
        on
            moves.company_id = posted.company_id
            and moves.move_id = posted.event_id
    left join shipped
        on
            moves.company_id = shipped.company_id
            and moves.shipment_id = shipped.shipment_id
            and moves.shipment_line = shipped.shipment_line
            and moves.item_id = shipped.item_id
    left join received
        on
            moves.company_id = received.company_id
            and moves.receipt_id = received.receipt_id
            and moves.receipt_line = received.receipt_line
            and moves.item_id = received.item_id
    left join sent
        on
            moves.company_id = sent.company_id
            and case when moves.from_state = 'XFER_TRANSIT' then moves.transfer_id end = sent.transfer_id
            and moves.item_id = sent.item_id
    left join {{ ref('int_valuation__unit_day') }} as of_place
        on
            moves.company_id = of_place.company_id
            and moves.item_id = of_place.item_id
            and of_place.location_id <> ''
            and of_place.location_id = coalesce(moves.from_location_id, moves.to_location_id)
            and of_place.date = coalesce(sent.sent_on, moves.posting_date)
    left join {{ ref('int_valuation__unit_day') }} as of_company
        on
            moves.company_id = of_company.company_id
            and moves.item_id = of_company.item_id
            and of_company.location_id = ''
            and of_company.date = coalesce(sent.sent_on, moves.posting_date)

),

shared as (      -- of how much for how many pieces the move is a part: divided once, rounded once

    select
        *,
        cast(case source_of_cost
            when 'cost at ship' then shipped_amount when 'receipt' then received_amount else pool_amount
        end as decimal(28, 4)) as whole_amount,
        case source_of_cost
            when 'cost at ship' then shipped_qty when 'receipt' then received_qty else pool_qty
        end as whole_qty
    from priced

)

select
    company_id,
    move_id,
    cast(coalesce(
        posted_amount,
        {{ minor_unit('whole_amount * qty_base', 'currency_decimals', by='whole_qty', from_scale=10) }},
        {{ minor_unit('day_unit_cost * qty_base', 'currency_decimals') }}
    ) as decimal(18, 4)) as cost_amount,
    case when is_posted then 'costing engine' else source_of_cost end as cost_source
from shared
