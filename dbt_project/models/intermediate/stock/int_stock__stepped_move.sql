{{ config(materialized='view') }}

with

ledger_rows as (

    select * from {{ ref('int_stock__ledger_row') }}

),

steps as (

    select * from {{ ref('int_stock__movement_step') }}

),

last_steps as (

    select
        movement_type,
        document_type,
        direction,
        own_state,
        max(step) as last_step
    from steps
    group by movement_type, document_type, direction, own_state

),

read_rows as (

    select
        *,
        case when reading = 'one_side' then movement_type end as step_movement_type
    from ledger_rows

),

stepped as (      -- a row that says one side is as many moves as its rule has steps, else one

    select
        read_rows.*,
        coalesce(steps.step, 1) as step,
        coalesce(steps.is_main, true) as is_main,
        coalesce(steps.event_code, read_rows.event_code) as step_event_code,
        coalesce(steps.from_state, read_rows.from_state) as step_from_state,
        coalesce(steps.to_state, read_rows.to_state) as step_to_state,
        coalesce(steps.step, 1) = 1 as is_first,
        coalesce(steps.step = last_steps.last_step, true) as is_last
    from read_rows
    left join steps
        on
            read_rows.step_movement_type = steps.movement_type
            and read_rows.rule_document_type = steps.document_type
            and read_rows.direction = steps.direction
            and read_rows.own_state = steps.own_state
    left join last_steps
        on
            steps.movement_type = last_steps.movement_type
            and steps.document_type = last_steps.document_type
            and steps.direction = last_steps.direction
            and steps.own_state = last_steps.own_state

)

select
    stepped.company_id,
    concat_ws(
        '/', stepped.source_system, stepped.company_id,
        stepped.source_movement_id, stepped.source_movement_line,
        case when not stepped.is_main then stepped.step_event_code end
    ) as move_id,
    stepped.step_event_code as event_code,
    stepped.event_at,
    stepped.event_date,
    stepped.recorded_at,
    stepped.known_at,
    stepped.posting_date,
    stepped.item_id,
    stepped.source_item_code,
    stepped.lot_number,
    stepped.serial_number,
    stepped.qty_base,
    case
        when stepped.is_first then stepped.from_location_id
        when stepped.step_from_state not like 'EXT!_%' escape '!' then stepped.location_id
    end as from_location_id,
    stepped.step_from_state as from_state,
    case
        when stepped.is_first then stepped.from_owner
        when stepped.step_from_state = 'ON_ORDER'
            then coalesce(stepped.supplier_id, stepped.to_owner)
        when stepped.step_from_state not like 'EXT!_%' escape '!'
            then case stepped.direction when 'in' then stepped.to_owner else stepped.from_owner end
    end as from_owner,
    case
        when stepped.is_last then stepped.to_location_id
        when stepped.step_to_state not like 'EXT!_%' escape '!' then stepped.location_id
    end as to_location_id,
    stepped.step_to_state as to_state,
    case
        when stepped.is_last then stepped.to_owner
        when stepped.step_to_state = 'ON_ORDER'
            then coalesce(stepped.supplier_id, stepped.to_owner)
        when stepped.step_to_state not like 'EXT!_%' escape '!'
            then case stepped.direction when 'in' then stepped.to_owner else stepped.from_owner end
    end as to_owner,
    stepped.order_id,
    stepped.order_line,
    stepped.shipment_id,
    stepped.shipment_line,
    stepped.receipt_id,
    stepped.receipt_line,
    stepped.transfer_id,
    stepped.source_system,
    stepped.source_movement_id,
    stepped.source_movement_line,
    case
        when stepped.reversal_of_movement_id is not null
            then concat_ws(
                '/', stepped.source_system, stepped.company_id,
                stepped.reversal_of_movement_id, stepped.source_movement_line
            )
    end as reversal_of_move_id,
    stepped.feed as source_feed,
    stepped.movement_type,
    stepped.reason_code,
    not stepped.is_main or stepped.feed <> 'movement' as is_derived,
    stepped.is_main,
    case when stepped.is_main then stepped.value_sign else 0 end as value_sign
from stepped
