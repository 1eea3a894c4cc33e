{{ config(materialized='view') }}

-- Worked out from the rows of the ledger whenever it is read, and written once, when it is published: a
-- movement makes several moves, and writing them costs more than all that leads to them.
select
    company_id,
    move_id,
    event_code,
    movement_type,
    item_id,
    source_item_code,
    lot_number,
    serial_number,
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
    source_feed,
    reversal_of_move_id,
    reason_code,
    is_derived,

    qty_base,
    movement_cost_amount,
    value_change_amount,
    cost_source,

    event_at,
    event_date,
    recorded_at,
    known_at,
    posting_date,
    as_of_at,
    watermark_at
from {{ ref('int_valuation__costed_move') }}
