{{ config(materialized='view') }}

with

ordinary as (

    select * from {{ ref('int_stock__ordinary_movement') }}

),

rules as (

    select * from {{ ref('int_stock__movement_rule') }}

),

originals as (

    select * from {{ ref('int_stock__reversed_movement') }}

),

mirrored as (      -- a reversal goes back the way of its original, else of its own kind

    select
        ordinary.*,
        originals.source_movement_id is not null as is_original_found,
        originals.other_location_id as original_other_location_id,
        originals.document_type as original_document_type,
        originals.receipt_id as original_receipt_id, originals.receipt_line as original_receipt_line,
        originals.purchase_order_id as original_po_id,
        originals.purchase_order_line as original_po_line,
        coalesce(originals.ordinary_to_state, ordinary.ordinary_from_state, rules.to_state)
            as mirror_from_state,
        coalesce(originals.ordinary_from_state, ordinary.ordinary_to_state, rules.from_state)
            as mirror_to_state
    from ordinary
    left join originals
        on
            ordinary.source_system = originals.source_system
            and ordinary.company_id = originals.company_id
            and ordinary.reversal_of_movement_id = originals.source_movement_id
            and ordinary.source_movement_line = originals.source_movement_line
    left join rules
        on
            ordinary.mirror_movement_type = rules.movement_type
            and rules.document_type = coalesce(ordinary.document_type, '')
            and ordinary.opposite_direction = rules.direction
            and ordinary.own_state = rules.own_state

)

select
    feed,
    source_system,
    company_id,
    source_movement_id,
    source_movement_line,
    movement_type,
    coalesce(original_document_type, document_type) as document_type,
    rule_document_type,
    reading,
    direction,
    own_state,
    pair_from_state,
    item_code,
    item_id,
    lot_number,
    serial_number,
    owner_id,
    is_owner_given,
    customer_code,
    qty,
    uom,
    abs(qty_base) as qty_base,
    location_id,
    coalesce(counter_location_id, linked_location_id, original_other_location_id)
        as counter_location_id,
    case reading
        when 'reversal' then case when mirror_from_state is not null then 'E58' end
        when 'one_side' then ordinary_event_code
        when 'both_sides' then ordinary_event_code
    end as event_code,
    case when reading = 'reversal' then mirror_from_state else ordinary_from_state end as from_state,
    case when reading = 'reversal' then mirror_to_state else ordinary_to_state end as to_state,
    event_at,
    event_date,
    recorded_at,
    posting_date,
    order_id,
    order_line,
    shipment_id,
    shipment_line,
    coalesce(receipt_id, original_receipt_id) as receipt_id,
    coalesce(receipt_line, original_receipt_line) as receipt_line,
    transfer_id,
    coalesce(purchase_order_id, original_po_id) as purchase_order_id,
    coalesce(purchase_order_line, original_po_line) as purchase_order_line,
    reversal_of_movement_id,
    is_original_found,
    reason_code,
    given_unit_cost,
    given_cost_amount,
    problem,
    known_at,
    _source_file,
    _row_number
from mirrored
