with

run as (

    select * from {{ ref('int_control__run') }}

),

snapshots as (

    select * from {{ ref('stg_wms__inventory_snapshot') }}

),

statuses as (

    select * from {{ ref('stock_status') }}

),

item_codes as (

    select * from {{ ref('int_master__item_code') }}

),

location_codes as (

    select * from {{ ref('int_master__location_code') }}

),

unit_factors as (

    select * from {{ ref('int_master__unit_factor') }}

),

told as (

    select
        snapshots.source_system,
        snapshots.company_id,
        snapshots.location_code,
        snapshots.item_code,
        snapshots.uom,
        snapshots.qty,
        snapshots.snapshot_at,
        case
            when
                snapshots.stock_status = 'consigned'
                and coalesce(owners.owner_id, nullif(snapshots.owner_party_code, ''))
                <> snapshots.company_id
                then 'CONSIGN_IN'
            when snapshots.stock_status = 'available' and owners.is_supplier then 'CONSIGN_IN'
            else statuses.stock_state
        end as stock_state
    from snapshots
    inner join run
        on snapshots.snapshot_at <= run.as_of_at
    inner join statuses
        on snapshots.stock_status = statuses.stock_status
    left join {{ ref('int_master__owner') }} as owners
        on
            snapshots.company_id = owners.company_id
            and snapshots.owner_party_code = owners.party_code

),

measured as (

    select
        told.company_id,
        location_codes.location_id,
        told.item_code as source_item_code,
        item_codes.item_id,
        told.stock_state,
        told.snapshot_at,
        case
            when told.uom = item_codes.base_uom then told.qty
            else {{ divide_exact(
                'told.qty * unit_factors.numerator', 'unit_factors.denominator', 6, by_scale=0
            ) }}
        end as qty_base
    from told
    inner join location_codes
        on
            told.source_system = location_codes.source_system
            and told.company_id = location_codes.company_id
            and told.location_code = location_codes.location_code
    inner join item_codes
        on
            told.source_system = item_codes.source_system
            and told.company_id = item_codes.company_id
            and told.item_code = item_codes.item_code
    left join unit_factors
        on
            told.company_id = unit_factors.company_id
            and item_codes.item_id = unit_factors.item_id
            and told.uom = unit_factors.uom
            and cast(told.snapshot_at as date)
            between unit_factors.valid_from and unit_factors.valid_to

)

-- Bins, lots, serials and handling units of one place and state together.
select
    company_id,
    location_id,
    source_item_code,
    min(item_id) as item_id,
    stock_state,
    snapshot_at,
    cast(sum(qty_base) as decimal(18, 6)) as qty_base,
    count(*) = count(qty_base) as is_measured
from measured
group by company_id, location_id, source_item_code, stock_state, snapshot_at
