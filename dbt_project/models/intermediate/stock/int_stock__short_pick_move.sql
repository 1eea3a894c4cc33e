{{ config(materialized='view') }}

-- E18: what a reservation says was not found, at a site that sends reservations and picks but not
-- what became of the rest: it is blocked until somebody has looked into the bin.
with

shorts as (

    select
        company_id,
        order_id,
        order_line,
        item_id,
        location_id,
        min(source_system) as source_system,
        min(document_id) as allocation_id,
        min(item_code) as item_code,
        min(timezone) as timezone,
        cast(sum(qty_base) as decimal(18, 6)) as qty_base,
        max(event_at) as event_at
    from {{ ref('int_stock__document_line') }}
    where kind = 'short' and order_id is not null
    group by company_id, order_id, order_line, item_id, location_id

),

reserved as (

    select
        company_id, order_id, order_line, item_id, to_location_id as location_id,
        lot_number, to_owner as owner_id, qty_base
    from {{ ref('int_stock__ledger_row') }}
    where to_state = 'RESERVED' and order_id is not null
    union all
    select
        company_id, order_id, order_line, item_id, from_location_id,
        lot_number, from_owner, -qty_base
    from {{ ref('int_stock__ledger_row') }}
    where from_state = 'RESERVED' and order_id is not null

),

still_reserved as (

    select
        company_id,
        order_id,
        order_line,
        item_id,
        location_id,
        lot_number,
        max(owner_id) as owner_id,
        cast(sum(qty_base) as decimal(18, 6)) as qty_base
    from reserved
    group by company_id, order_id, order_line, item_id, location_id, lot_number
    having sum(qty_base) > 0

)

select
    shorts.company_id, shorts.source_system,
    concat('allocation ', shorts.allocation_id) as source_movement_id,
    '1' as source_movement_line,
    concat_ws(' ', 'short', nullif(still_reserved.lot_number, '')) as part,
    'hold' as movement_type, 'E18' as event_code,
    shorts.item_id, shorts.item_code, still_reserved.lot_number, '' as serial_number,
    least(shorts.qty_base, still_reserved.qty_base) as qty_base,
    shorts.location_id as from_location_id, 'RESERVED' as from_state,
    still_reserved.owner_id as from_owner,
    shorts.location_id as to_location_id, 'QUARANTINE' as to_state,
    still_reserved.owner_id as to_owner,
    shorts.event_at, shorts.timezone,
    shorts.order_id, shorts.order_line,
    cast(null as varchar) as receipt_id, cast(null as varchar) as receipt_line,
    cast(null as varchar) as transfer_id,
    cast(null as varchar) as reversal_of_move_id,
    'short pick' as reason_code
from shorts
inner join still_reserved
    on
        shorts.company_id = still_reserved.company_id
        and shorts.order_id = still_reserved.order_id
        and shorts.order_line = still_reserved.order_line
        and shorts.item_id = still_reserved.item_id
        and shorts.location_id = still_reserved.location_id
