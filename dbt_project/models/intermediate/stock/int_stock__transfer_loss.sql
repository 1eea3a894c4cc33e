{{ config(materialized='view') }}

-- E40: what of a transfer is still on its way once all its notices are closed is lost. A notice that
-- has only arrived leaves the rest on its way: somebody still looks for it. Nothing is lost before the
-- last of it came, whatever a notice says that does not tell when it was closed.
with

closings as (

    select
        company_id,
        ref_order_id as transfer_id,
        item_id,
        location_id,
        min(source_system) as source_system,
        min(inbound_id) as inbound_id,
        min(inbound_line) as inbound_line,
        min(item_code) as item_code,
        min(timezone) as timezone,
        max(changed_at) as closed_at
    from {{ ref('int_stock__notice') }}
    where inbound_type in ('transfer', 'intercompany') and ref_order_id is not null
    group by company_id, ref_order_id, item_id, location_id
    having count(*) = sum(case when is_closed then 1 else 0 end)

),

in_transit as (

    select
        company_id, transfer_id, item_id, to_location_id as location_id, lot_number, qty_base,
        event_at
    from {{ ref('int_stock__ledger_row') }}
    where to_state = 'XFER_TRANSIT' and transfer_id is not null
    union all
    select company_id, transfer_id, item_id, from_location_id, lot_number, -qty_base, event_at
    from {{ ref('int_stock__ledger_row') }}
    where from_state = 'XFER_TRANSIT' and transfer_id is not null
    union all
    select company_id, transfer_id, item_id, to_location_id, lot_number, qty_base, null
    from {{ ref('int_stock__notice_move') }}
    where to_state = 'XFER_TRANSIT'

),

left_over as (

    select
        company_id,
        transfer_id,
        item_id,
        location_id,
        lot_number,
        cast(sum(qty_base) as decimal(18, 6)) as qty_base,
        max(event_at) as last_event_at
    from in_transit
    group by company_id, transfer_id, item_id, location_id, lot_number
    having sum(qty_base) > 0

)

select
    closings.company_id, closings.source_system,
    concat('notice ', closings.inbound_id) as source_movement_id,
    closings.inbound_line as source_movement_line,
    concat_ws(' ', 'lost', nullif(left_over.lot_number, '')) as part,
    'notice' as movement_type, 'E40' as event_code,
    closings.item_id, closings.item_code, left_over.lot_number, '' as serial_number,
    left_over.qty_base,
    closings.location_id as from_location_id, 'XFER_TRANSIT' as from_state,
    closings.company_id as from_owner,
    cast(null as varchar) as to_location_id, 'EXT_ADJUST' as to_state,
    cast(null as varchar) as to_owner,
    greatest(closings.closed_at, coalesce(left_over.last_event_at, closings.closed_at)) as event_at,
    closings.timezone,
    cast(null as varchar) as order_id, cast(null as varchar) as order_line,
    cast(null as varchar) as receipt_id, cast(null as varchar) as receipt_line,
    closings.transfer_id,
    cast(null as varchar) as reversal_of_move_id,
    cast(null as varchar) as reason_code
from left_over
inner join closings
    on
        left_over.company_id = closings.company_id
        and left_over.transfer_id = closings.transfer_id
        and left_over.item_id = closings.item_id
        and left_over.location_id = closings.location_id
