{{ config(materialized='view') }}

with

run as (

    select * from {{ ref('int_control__run') }}

),

moves as (

    select
        company_id,
        move_id,
        event_code,
        event_at,
        event_date,
        recorded_at,
        known_at,
        posting_date,
        item_id,
        source_item_code,
        lot_number,
        serial_number,
        qty_base,
        from_location_id,
        from_state,
        from_owner,
        to_location_id,
        to_state,
        to_owner,
        order_id,
        order_line,
        shipment_id,
        shipment_line,
        receipt_id,
        receipt_line,
        transfer_id,
        source_system,
        source_movement_id,
        source_movement_line,
        reversal_of_move_id,
        source_feed,
        movement_type,
        reason_code,
        is_derived,
        is_main,
        value_sign
    from {{ ref('int_stock__stepped_move') }}

    union all

    select
        moves.company_id, moves.move_id, moves.event_code,
        moves.event_at, moves.event_date, null, moves.known_at, moves.event_date,
        moves.item_id, moves.source_item_code, moves.lot_number, moves.serial_number, moves.qty_base,
        moves.from_location_id, moves.from_state, moves.from_owner,
        moves.to_location_id, moves.to_state, moves.to_owner,
        moves.order_id, moves.order_line, null, null,
        moves.receipt_id, moves.receipt_line, moves.transfer_id,
        moves.source_system, moves.source_movement_id, moves.source_movement_line,
        moves.reversal_of_move_id, 'document', moves.movement_type, moves.reason_code, true,
        true, moves.value_sign
    from {{ ref('int_stock__document_move') }} as moves

)

select
    moves.*,
    run.as_of_at,
    run.watermark_at
from moves
cross join run
