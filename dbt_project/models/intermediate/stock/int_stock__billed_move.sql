{{ config(materialized='view') }}

-- Goods that only billing hears of: used by the customer on consignment (E44), sold and held at
-- their wish (E25), sent by the supplier straight to them (E47). A place whose movements say such
-- things itself is believed, and not counted twice.
with

run as (

    select * from {{ ref('int_control__run') }}

),

events as (

    select * from {{ ref('int_stock__document_line') }}
    where kind in ('billable', 'dropship')

),

told_by_movement as (

    select distinct
        company_id,
        from_location_id as location_id,
        event_code
    from {{ ref('int_stock__ledger_row') }}
    where event_code in ('E25', 'E44')

),

untold as (

    select events.*
    from events
    left join told_by_movement
        on
            events.company_id = told_by_movement.company_id
            and events.location_id = told_by_movement.location_id
            and told_by_movement.event_code
            = case events.document_type when 'consumption' then 'E44' else 'E25' end
    where told_by_movement.company_id is null or events.document_type = 'dropship_ship'

),

steps as (

    select
        'E44' as event_code, 'consign_consume' as movement_type, '' as part,
        'CONSIGN_OUT' as from_state, 'EXT_CUSTOMER' as to_state,
        company_id as from_owner, party_id as to_owner, event_at as moved_at, *
    from untold
    where document_type = 'consumption'
    union all
    select
        'E25', 'owner_change', '',
        'ON_HAND', 'BILL_HOLD',
        company_id, party_id, event_at, *
    from untold
    where document_type = 'bill_hold'
    union all
    select
        'E47', 'dropship', '',
        'EXT_SUPPLIER', 'DROPSHIP_TRANSIT',
        null, party_id, event_at, *
    from untold
    where document_type = 'dropship_ship'
    union all
    select      -- the order line is closed once the customer has the goods
        'E47', 'dropship', 'arrived',
        'DROPSHIP_TRANSIT', 'EXT_CUSTOMER',
        party_id, party_id, greatest(untold.changed_at, untold.event_at), untold.*
    from untold
    inner join run
        on untold.changed_at <= run.as_of_at
    where untold.document_type = 'dropship_ship' and untold.status in ('closed', 'billed')

)

select
    company_id, source_system, concat(case kind when 'billable' then 'billing event ' else 'dropship ' end, document_id)
        as source_movement_id,
    document_line as source_movement_line, part, movement_type, event_code,
    item_id, item_code, lot_number, serial_number,
    qty_base,
    case when from_state not like 'EXT!_%' escape '!' then location_id end as from_location_id,
    from_state,
    from_owner,
    case when to_state not like 'EXT!_%' escape '!' then location_id end as to_location_id,
    to_state,
    to_owner,
    moved_at as event_at, timezone,
    order_id, order_line,
    cast(null as varchar) as receipt_id, cast(null as varchar) as receipt_line,
    cast(null as varchar) as transfer_id,
    cast(null as varchar) as reversal_of_move_id,
    reason_code
from steps
