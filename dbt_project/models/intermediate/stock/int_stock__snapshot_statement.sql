{{ config(materialized='view') }}

with

snapshot_lines as (

    select * from {{ ref('int_stock__snapshot_line') }}

),

states as (

    select * from {{ ref('stock_state') }}

),

ledger_keys as (      -- a site cannot see, and does not list, what is not in its building (ruling B6)

    select
        legs.company_id,
        legs.location_id,
        legs.source_item_code,
        legs.stock_state,
        min(legs.item_id) as item_id
    from {{ ref('int_stock__leg') }} as legs
    inner join states
        on legs.stock_state = states.stock_state and states.is_physical
    group by legs.company_id, legs.location_id, legs.source_item_code, legs.stock_state

),

moments as (

    select distinct
        company_id,
        location_id,
        snapshot_at
    from snapshot_lines

),

said as (      -- a snapshot says zero for what it does not list at a place that it lists at all

    select
        company_id, location_id, source_item_code, item_id, stock_state, snapshot_at,
        qty_base, is_measured, true as is_listed
    from snapshot_lines
    union all
    select
        moments.company_id, moments.location_id, ledger_keys.source_item_code,
        ledger_keys.item_id, ledger_keys.stock_state, moments.snapshot_at,
        cast(0 as decimal(18, 6)), true, false
    from moments
    inner join ledger_keys
        on
            moments.company_id = ledger_keys.company_id
            and moments.location_id = ledger_keys.location_id
    left join snapshot_lines
        on
            moments.company_id = snapshot_lines.company_id
            and moments.location_id = snapshot_lines.location_id
            and moments.snapshot_at = snapshot_lines.snapshot_at
            and ledger_keys.source_item_code = snapshot_lines.source_item_code
            and ledger_keys.stock_state = snapshot_lines.stock_state
    where snapshot_lines.company_id is null

)

select
    company_id,
    location_id,
    source_item_code,
    item_id,
    stock_state,
    snapshot_at,
    qty_base,
    is_measured,
    is_listed
from said
