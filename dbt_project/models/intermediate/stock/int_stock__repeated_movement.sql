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
    source_system,
    company_id,
    movement_id as source_movement_id,
    movement_line as source_movement_line,
    source_system as first_source_system,
    first_movement_id,
    item_code,
    location_id,
    movement_type,
    event_at,
    recorded_at,
    qty,
    coalesce(qty_base, qty) as qty_base
from ranked
where turn > 1 and movement_id <> first_movement_id
