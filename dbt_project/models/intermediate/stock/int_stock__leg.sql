{{ config(materialized='view') }}

-- Each movement as what it adds to and takes from places of ours: + into a state, - out of one.
-- Steps that are only implied begin and end in the same moment and leave nothing behind, so the
-- legs go from the first state to the last.
with

ledger_rows as (

    select * from {{ ref('int_stock__ledger_row') }}

)

select
    company_id,
    source_system,
    source_item_code,
    item_id,
    to_location_id as location_id,
    lot_number,
    to_state as stock_state,
    coalesce(to_owner, company_id) as owner_id,
    event_at,
    event_date,
    qty_base as qty_change
from ledger_rows
where to_location_id is not null

union all

select
    company_id,
    source_system,
    source_item_code,
    item_id,
    from_location_id as location_id,
    lot_number,
    from_state as stock_state,
    coalesce(from_owner, company_id) as owner_id,
    event_at,
    event_date,
    -qty_base as qty_change
from ledger_rows
where from_location_id is not null
