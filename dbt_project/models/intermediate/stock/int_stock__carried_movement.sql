-- One event of the world told by two systems, by the WMS and by what carries its messages: the row
-- of the other system that came later. Codes are compared in our words, since two systems spell
-- them differently. Only places of which two systems tell are looked at; there are few.
with

item_codes as (

    select * from {{ ref('int_master__item_code') }}

),

places as (

    select
        location_codes.*,
        count(*) over (
            partition by location_codes.company_id, location_codes.location_id
        ) as systems
    from {{ ref('int_master__location_code') }} as location_codes
    inner join (
        select source_system, company_id, location_code
        from {{ ref('stg_wms__stock_movement') }}
        group by source_system, company_id, location_code
    ) as told
        on
            location_codes.source_system = told.source_system
            and location_codes.company_id = told.company_id
            and location_codes.location_code = told.location_code

),

movements as (

    select
        movements.*,
        places.location_id,
        concat_ws(
            '|', movements.movement_type, coalesce(item_codes.item_id, movements.item_code),
            movements.qty, movements.uom,
            coalesce(movements.stock_status, 'available'), coalesce(movements.from_stock_status, ''),
            coalesce(movements.lot_number, ''), coalesce(movements.serial_number, ''),
            coalesce(movements.owner_party_code, ''),
            coalesce(movements.ref_doc_type, ''), coalesce(movements.ref_doc_id, ''),
            coalesce(movements.ref_doc_line, ''), coalesce(movements.shipment_id, ''),
            coalesce(movements.shipment_line, ''), coalesce(movements.receipt_id, ''),
            coalesce(movements.receipt_line, '')
        ) as facts
    from {{ ref('stg_wms__stock_movement') }} as movements
    inner join places
        on
            movements.source_system = places.source_system
            and movements.company_id = places.company_id
            and movements.location_code = places.location_code
            and places.systems > 1
    left join item_codes
        on
            movements.source_system = item_codes.source_system
            and movements.company_id = item_codes.company_id
            and movements.item_code = item_codes.item_code
    where
        movements.movement_type <> 'cost_only'
        -- a source that knows only the day says noon: without a document its rows are not alike
        and (
            coalesce(
                movements.ref_doc_id, movements.shipment_id, movements.receipt_id
            ) is not null
            or {{ local_second('movements.event_at', 'places.timezone') }} <> 43200
        )

),

ranked as (

    select
        *,
        first_value(source_system) over (
            partition by company_id, event_at, location_id, facts
            order by
                recorded_at nulls last, sequence_no nulls last,
                _batch_id, source_system, movement_id, movement_line
            rows between unbounded preceding and current row
        ) as first_source_system,
        first_value(movement_id) over (
            partition by company_id, event_at, location_id, facts
            order by
                recorded_at nulls last, sequence_no nulls last,
                _batch_id, source_system, movement_id, movement_line
            rows between unbounded preceding and current row
        ) as first_movement_id
    from movements

)

select
    source_system,
    company_id,
    movement_id as source_movement_id,
    movement_line as source_movement_line,
    first_source_system,
    first_movement_id,
    item_code,
    location_id,
    movement_type,
    event_at,
    recorded_at,
    qty,
    coalesce(qty_base, qty) as qty_base
from ranked
where source_system <> first_source_system
