with

reversed as (      -- few rows are taken back, and only these are looked up

    select distinct
        source_system,
        company_id,
        reversal_of_movement_id,
        source_movement_line
    from {{ ref('int_stock__movement') }}
    where reversal_of_movement_id is not null

)

select
    ordinary.source_system,
    ordinary.company_id,
    ordinary.source_movement_id,
    ordinary.source_movement_line,
    ordinary.ordinary_from_state, ordinary.ordinary_to_state,
    coalesce(ordinary.counter_location_id, ordinary.linked_location_id) as other_location_id,
    ordinary.document_type,
    ordinary.receipt_id, ordinary.receipt_line,
    ordinary.purchase_order_id, ordinary.purchase_order_line
from {{ ref('int_stock__ordinary_movement') }} as ordinary
inner join reversed
    on
        ordinary.source_system = reversed.source_system
        and ordinary.company_id = reversed.company_id
        and ordinary.source_movement_id = reversed.reversal_of_movement_id
        and ordinary.source_movement_line = reversed.source_movement_line
where
    ordinary.reading in ('one_side', 'both_sides')
    and ordinary.ordinary_event_code is not null
