-- One event of the world sent as two rows by one system (invariant I5). All that says what happened
-- is equal, only the number is another. What two systems say of one event: int_stock__carried_movement.

with

location_codes as (

    select * from {{ ref('int_master__location_code') }}

),

movements as (

    select
        movements.*,
        concat_ws(
            '|', movements.movement_type, movements.item_code, movements.qty, movements.uom,
            coalesce(movements.stock_status, 'available'), coalesce(movements.from_stock_status, ''),
            coalesce(movements.counter_location_code, ''), coalesce(movements.bin_code, ''),
            coalesce(movements.lot_number, ''), coalesce(movements.serial_number, ''),
            coalesce(movements.handling_unit, ''), coalesce(movements.owner_party_code, ''),
            coalesce(movements.ref_doc_type, ''), coalesce(movements.ref_doc_id, ''),
            coalesce(movements.ref_doc_line, ''), coalesce(movements.shipment_id, ''),
            coalesce(movements.shipment_line, ''), coalesce(movements.receipt_id, ''),
            coalesce(movements.receipt_line, ''), coalesce(movements.reversal_of_movement_id, '')
        ) as facts
    from {{ ref('stg_wms__stock_movement') }} as movements
    where movement_type <> 'cost_only'

),

reservations as (      -- an order line that is put aside in parts is told of part by part

    select
        source_system, company_id, order_id, order_line, item_code, qty_reserved,
        count(*) as parts
    from {{ ref('stg_wms__allocation') }}
    group by source_system, company_id, order_id, order_line, item_code, qty_reserved

),

alike as (

    select source_system, company_id, event_at, location_code, facts
    from movements
    group by source_system, company_id, event_at, location_code, facts
    having count(*) > 1

),

ranked as (

    select
        movements.*,
        location_codes.location_id,
        row_number() over (
            partition by
                movements.source_system, movements.company_id, movements.event_at,
                movements.location_code, movements.facts
            order by
                movements.recorded_at nulls last, movements.sequence_no nulls last,
                movements._batch_id, movements.movement_id, movements.movement_line
        ) as turn,
        first_value(movements.movement_id) over (
            partition by
                movements.source_system, movements.company_id, movements.event_at,
                movements.location_code, movements.facts
            order by
                movements.recorded_at nulls last, movements.sequence_no nulls last,
                movements._batch_id, movements.movement_id, movements.movement_line
            rows between unbounded preceding and current row
        ) as first_movement_id
    from movements
    inner join alike
        on
            movements.source_system = alike.source_system
            and movements.company_id = alike.company_id
            and movements.event_at = alike.event_at
            and movements.location_code = alike.location_code
            and movements.facts = alike.facts
    inner join location_codes
        on
            movements.source_system = location_codes.source_system
            and movements.company_id = location_codes.company_id
            and movements.location_code = location_codes.location_code
    -- a source that knows only the day says noon: without a document its rows are not alike
    where
        coalesce(
            movements.ref_doc_id, movements.shipment_id, movements.receipt_id
        ) is not null
        or {{ local_second('movements.event_at', 'location_codes.timezone') }} <> 43200

)

select
    ranked.source_system,
    ranked.company_id,
    ranked.movement_id as source_movement_id,
    ranked.movement_line as source_movement_line,
    ranked.source_system as first_source_system,
    ranked.first_movement_id,
    ranked.item_code,
    ranked.location_id,
    ranked.movement_type,
    ranked.event_at,
    ranked.recorded_at,
    ranked.qty,
    coalesce(ranked.qty_base, ranked.qty) as qty_base
from ranked
left join reservations
    on
        ranked.source_system = reservations.source_system
        and ranked.company_id = reservations.company_id
        and case
            when ranked.movement_type in ('reserve', 'unreserve', 'pick', 'pack') and ranked.ref_doc_type = 'SO'
                then ranked.ref_doc_id
        end = reservations.order_id
        and ranked.ref_doc_line = reservations.order_line
        and ranked.item_code = reservations.item_code
        and abs(ranked.qty) = reservations.qty_reserved
where
    ranked.turn > coalesce(reservations.parts, 1)
    and ranked.movement_id <> ranked.first_movement_id
