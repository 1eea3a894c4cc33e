{{ config(materialized='view') }}

-- Each movement as what it adds to and takes from places of ours: + into a state, - out of one.
-- Steps that are only implied begin and end in the same moment and leave nothing behind, so the
-- legs go from the first state to the last. Nobody knows which lot an ordered piece will be, and a
-- receipt may name another lot than the notice did: goods that have not come are kept without.
with

ledger_rows as (

    select
        company_id, source_system, source_item_code, item_id, lot_number,
        from_location_id, from_state, from_owner, to_location_id, to_state, to_owner,
        event_at, event_date, qty_base
    from {{ ref('int_stock__ledger_row') }}
    union all
    select
        company_id, source_system, source_item_code, item_id, lot_number,
        from_location_id, from_state, from_owner, to_location_id, to_state, to_owner,
        event_at, event_date, qty_base
    from {{ ref('int_stock__document_move') }}

)

select
    company_id,
    source_system,
    source_item_code,
    item_id,
    to_location_id as location_id,
    case when to_state in ('ON_ORDER', 'IN_TRANSIT_IN') then '' else lot_number end
        as lot_number,
    to_state as stock_state,
    coalesce(to_owner, company_id) as owner_id,
    event_at,
    event_date,
    qty_base as qty_change,
    1 as leg_count
from ledger_rows
where to_location_id is not null

union all

select
    company_id,
    source_system,
    source_item_code,
    item_id,
    from_location_id as location_id,
    case when from_state in ('ON_ORDER', 'IN_TRANSIT_IN') then '' else lot_number end
        as lot_number,
    from_state as stock_state,
    coalesce(from_owner, company_id) as owner_id,
    event_at,
    event_date,
    -qty_base as qty_change,
    1 as leg_count
from ledger_rows
where from_location_id is not null
