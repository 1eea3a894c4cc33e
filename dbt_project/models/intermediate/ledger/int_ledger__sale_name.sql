-- A ledger may name goods that were sold without a shipment by the movement that took them or by the
-- event that billing heard of: both are one document, and the event is its name.
select
    sales.company_id,
    moves.source_movement_id as movement_id,
    min(sales.billable_event_id) as billable_event_id
from {{ ref('int_ledger__sale_move') }} as sales
inner join {{ ref('int_stock__move') }} as moves
    on
        sales.company_id = moves.company_id
        and sales.move_id = moves.move_id
where moves.source_movement_id <> concat('billing event ', sales.billable_event_id)
group by sales.company_id, moves.source_movement_id
