-- Where the last snapshot of a place saw its goods, bin by bin. No movement tells of bins as surely.

with

run as (

    select * from {{ ref('int_control__run') }}

),

location_codes as (

    select * from {{ ref('int_master__location_code') }}

),

item_codes as (

    select * from {{ ref('int_master__item_code') }}

),

unit_factors as (

    select * from {{ ref('int_master__unit_factor') }}

),

statuses as (

    select * from {{ ref('stock_status') }}

),

snapshots as (

    select
        snapshots.*,
        location_codes.location_id,
        max(snapshots.snapshot_at) over (
            partition by snapshots.company_id, location_codes.location_id
        ) as last_snapshot_at
    from {{ ref('stg_wms__inventory_snapshot') }} as snapshots
    inner join run
        on snapshots.snapshot_at <= run.as_of_at
    inner join location_codes
        on
            snapshots.source_system = location_codes.source_system
            and snapshots.company_id = location_codes.company_id
            and snapshots.location_code = location_codes.location_code

),

measured as (

    select
        snapshots.company_id,
        snapshots.location_id,
        item_codes.item_id,
        coalesce(snapshots.bin_code, '') as bin_code,
        coalesce(snapshots.lot_number, '') as lot_number,
        case
            when
                snapshots.stock_status = 'consigned'
                and coalesce(owners.owner_id, nullif(snapshots.owner_party_code, ''))
                <> snapshots.company_id
                then 'CONSIGN_IN'
            when snapshots.stock_status = 'available' and owners.is_supplier then 'CONSIGN_IN'
            else statuses.stock_state
        end as stock_state,
        snapshots.snapshot_at,
        case
            when snapshots.uom = item_codes.base_uom then snapshots.qty
            else {{ divide_exact(
                'snapshots.qty * unit_factors.numerator', 'unit_factors.denominator', 6, by_scale=0
            ) }}
        end as qty_base
    from snapshots
    inner join statuses
        on snapshots.stock_status = statuses.stock_status
    left join {{ ref('int_master__owner') }} as owners
        on
            snapshots.company_id = owners.company_id
            and snapshots.owner_party_code = owners.party_code
    inner join item_codes
        on
            snapshots.source_system = item_codes.source_system
            and snapshots.company_id = item_codes.company_id
            and snapshots.item_code = item_codes.item_code
            and item_codes.is_resolved
    left join unit_factors
        on
            snapshots.company_id = unit_factors.company_id
            and item_codes.item_id = unit_factors.item_id
            and snapshots.uom = unit_factors.uom
            and cast(snapshots.snapshot_at as date)
            between unit_factors.valid_from and unit_factors.valid_to
    where snapshots.snapshot_at = snapshots.last_snapshot_at

)

select
    company_id,
    item_id,
    location_id,
    bin_code,
    lot_number,
    stock_state,
    max(snapshot_at) as seen_at,
    cast(sum(qty_base) as decimal(18, 6)) as qty_base
from measured
where qty_base is not null
group by company_id, item_id, location_id, bin_code, lot_number, stock_state
