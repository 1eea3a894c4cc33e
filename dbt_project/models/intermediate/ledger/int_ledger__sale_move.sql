-- Which sale without a shipment of ours a move of goods belongs to: used from consignment by report,
-- place and item, held by order line, sent by the supplier by the event itself. Where several fit,
-- the one of the same quantity and the nearest day. A move that names no document belongs to the one
-- sale of just its quantity at its place within three days.

with

moves as (

    select
        moves.*,
        case moves.event_code
            when 'E44' then 'consumption' when 'E25' then 'bill_hold' else 'dropship_ship'
        end as event_type,
        told.ref_doc_id,
        told.ref_doc_line
    from {{ ref('int_stock__move') }} as moves
    left join {{ ref('stg_wms__stock_movement') }} as told
        on
            moves.source_system = told.source_system
            and moves.company_id = told.company_id
            and moves.source_movement_id = told.movement_id
            and moves.source_movement_line = told.movement_line
    where
        moves.is_main
        and moves.event_code in ('E25', 'E44', 'E47')
        and moves.to_state in ('EXT_CUSTOMER', 'BILL_HOLD', 'DROPSHIP_TRANSIT')

),

sales as (

    select
        sales.company_id,
        sales.billable_event_id,
        sales.event_type,
        sales.order_id,
        sales.order_line,
        sales.item_id,
        sales.location_id,
        sales.shipped_base_qty,
        sales.ship_date,
        events.report_ref
    from {{ ref('int_billing__billing_state') }} as sales
    inner join {{ ref('stg_billing__billable_event') }} as events
        on
            sales.company_id = events.company_id
            and sales.source_system = events.source_system
            and sales.billable_event_id = events.billable_event_id

),

candidates as (

    select moves.company_id, moves.move_id, sales.billable_event_id, 0 as distance
    from moves
    inner join sales
        on
            moves.company_id = sales.company_id
            and moves.event_type = sales.event_type
            and moves.source_movement_id = concat('billing event ', sales.billable_event_id)
    union all
    select
        moves.company_id, moves.move_id, sales.billable_event_id,
        case when sales.shipped_base_qty = moves.qty_base then 1 else 1000 end
        + abs({{ days_between('moves.event_date', 'sales.ship_date') }})
    from moves
    inner join sales
        on
            moves.company_id = sales.company_id
            and moves.event_type = sales.event_type
            and moves.item_id = sales.item_id
            and moves.ref_doc_id = sales.report_ref
            and moves.from_location_id = sales.location_id
    union all
    select
        moves.company_id, moves.move_id, sales.billable_event_id,
        case when sales.shipped_base_qty = moves.qty_base then 1 else 1000 end
        + abs({{ days_between('moves.event_date', 'sales.ship_date') }})
    from moves
    inner join sales
        on
            moves.company_id = sales.company_id
            and moves.event_type = sales.event_type
            and moves.item_id = sales.item_id
            and moves.ref_doc_id = sales.order_id
            and moves.ref_doc_line = sales.order_line
    union all
    select
        moves.company_id, moves.move_id, sales.billable_event_id,
        100000 + abs({{ days_between('moves.event_date', 'sales.ship_date') }})
    from moves
    inner join sales
        on
            moves.company_id = sales.company_id
            and moves.event_type = sales.event_type
            and moves.item_id = sales.item_id
            and moves.from_location_id = sales.location_id
            and moves.qty_base = sales.shipped_base_qty
    where
        moves.ref_doc_id is null
        and abs({{ days_between('moves.event_date', 'sales.ship_date') }}) <= 3

),

ranked as (

    select
        *,
        row_number() over (
            partition by company_id, move_id order by distance, billable_event_id
        ) as place,
        row_number() over (
            partition by company_id, billable_event_id order by distance, move_id
        ) as turn
    from candidates

)

select company_id, move_id, billable_event_id
from ranked
where place = 1 and (turn = 1 or distance < 100000)
