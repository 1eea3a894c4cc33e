{{ config(materialized='view') }}

-- What a site that sends documents only starts with: its first snapshot, where nothing at the place
-- is older. A first snapshot that comes after documents opens nothing; it is compared like any other.
-- A company that sends no documents at all keeps no such ledger.
with

location_codes as (

    select * from {{ ref('int_master__location_code') }}

),

snapshots as (      -- what is under way is in no building, and no snapshot can see it (ruling B6)

    select
        lines.*,
        location_codes.location_id,
        min(lines.snapshot_at) over (
            partition by location_codes.company_id, location_codes.location_id
        ) as first_snapshot_at
    from {{ ref('stg_wms__inventory_snapshot') }} as lines
    inner join location_codes
        on
            lines.source_system = location_codes.source_system
            and lines.company_id = location_codes.company_id
            and lines.location_code = location_codes.location_code

),

documents as (

    select source_system, company_id, location_code, event_at
    from {{ ref('int_stock__shipment_movement') }}
    union all
    select source_system, company_id, location_code, event_at
    from {{ ref('int_stock__receipt_movement') }}
    union all
    select source_system, company_id, location_code, event_at
    from {{ ref('int_stock__count_movement') }}

),

senders as (

    select company_id from documents
    group by company_id

),

begun as (

    select
        location_codes.company_id,
        location_codes.location_id,
        min(documents.event_at) as first_event_at
    from documents
    inner join location_codes
        on
            documents.source_system = location_codes.source_system
            and documents.company_id = location_codes.company_id
            and documents.location_code = location_codes.location_code
    group by location_codes.company_id, location_codes.location_id

),

opening_lines as (

    select snapshots.*
    from snapshots
    inner join senders
        on snapshots.company_id = senders.company_id
    left join begun
        on
            snapshots.company_id = begun.company_id
            and snapshots.location_id = begun.location_id
    where
        snapshots.snapshot_at = snapshots.first_snapshot_at
        and snapshots.snapshot_at <= coalesce(begun.first_event_at, snapshots.snapshot_at)
        and snapshots.stock_status <> 'in_transit'

)

-- Bins and handling units of one lot and state together; owner, lot and serial keep their own line.
select
    source_system,
    company_id,
    concat('snapshot ', location_code) as source_movement_id,
    concat_ws(
        '|', item_code, stock_status, owner_party_code, lot_number, serial_number, uom
    ) as source_movement_line,
    'opening' as movement_type,
    item_code,
    cast(sum(qty) as decimal(18, 6)) as qty,
    uom,
    location_code,
    stock_status,
    owner_party_code,
    lot_number,
    serial_number,
    min(snapshot_at) as event_at,
    min(_delivered_at) as known_at,
    min(_source_file) as _source_file,
    min(_row_number) as _row_number
from opening_lines
group by
    source_system, company_id, location_code, item_code, stock_status,
    owner_party_code, lot_number, serial_number, uom
having sum(qty) <> 0
