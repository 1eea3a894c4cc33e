{{ config(materialized='view') }}

-- Versions of movement rows that held for a while and hold no more: a newer version or a tombstone
-- took their place. `has_same_way`: the row that holds now goes the same way, so that only its
-- quantity, item or time was corrected.
with

versions as (

    select
        told.*,
        seen.superseded_at
    from {{ ref('stg_wms__stock_movement_version') }} as told
    inner join {{ ref('stg_ingest__row_version') }} as seen
        on
            seen.feed = 'wms_stock_movement'
            and told._batch_id = seen._batch_id
            and told._source_file = seen._source_file
            and told._row_number = seen._row_number
            and told._row_hash = seen._row_hash
    where
        not seen.is_current
        and not coalesce(told.is_deleted, false)
        and seen.superseded_at > told._delivered_at

)

select
    versions.source_system,
    versions.company_id,
    versions.movement_id as source_movement_id,
    versions.movement_line as source_movement_line,
    versions.movement_type,
    versions.item_code,
    item_codes.item_id,
    location_codes.location_id,
    versions.qty,
    coalesce(
        versions.qty_base,
        case when versions.uom = item_codes.base_uom then versions.qty end,
        {{ divide_exact(
            'versions.qty * unit_factors.numerator', 'unit_factors.denominator', 6, by_scale=0
        ) }}
    ) as given_qty_base,
    case when versions.qty > 0 then 'in' else 'out' end as direction,
    coalesce(versions.stock_status, 'available') as stock_status,
    versions.from_stock_status,
    coalesce(versions.lot_number, '') as lot_number,
    coalesce(versions.serial_number, '') as serial_number,
    versions.event_at,
    {{ local_date('versions.event_at', 'location_codes.timezone') }} as event_date,
    coalesce(versions.posting_date, {{ local_date('versions.event_at', 'location_codes.timezone') }})
        as posting_date,
    versions.unit_cost as given_unit_cost,
    versions.ext_cost as given_cost_amount,
    versions.recorded_at,
    versions.linked_movement_id,
    case when versions.ref_doc_type in ('TO', 'IC') then versions.ref_doc_id end as transfer_id,
    versions._delivered_at as known_at,
    versions.superseded_at,
    concat_ws('/', versions._source_file, versions._row_number) as version_id,
    current_rows.qty as current_qty,
    coalesce(
        current_rows.movement_type = versions.movement_type
        and current_rows.location_code = versions.location_code
        and coalesce(current_rows.stock_status, '') = coalesce(versions.stock_status, '')
        and coalesce(current_rows.from_stock_status, '') = coalesce(versions.from_stock_status, '')
        and current_rows.uom = versions.uom
        and sign(current_rows.qty) * sign(versions.qty) > 0,
        false
    ) as has_same_way
from versions
inner join {{ ref('int_control__run') }} as run
    on versions.event_at <= run.as_of_at
inner join {{ ref('int_master__location_code') }} as location_codes
    on
        versions.source_system = location_codes.source_system
        and versions.company_id = location_codes.company_id
        and versions.location_code = location_codes.location_code
left join {{ ref('int_master__item_code') }} as item_codes
    on
        versions.source_system = item_codes.source_system
        and versions.company_id = item_codes.company_id
        and versions.item_code = item_codes.item_code
left join {{ ref('int_master__unit_factor') }} as unit_factors
    on
        versions.company_id = unit_factors.company_id
        and item_codes.item_id = unit_factors.item_id
        and versions.uom = unit_factors.uom
        and cast(versions.event_at as date) between unit_factors.valid_from and unit_factors.valid_to
left join {{ ref('stg_wms__stock_movement') }} as current_rows
    on
        versions.source_system = current_rows.source_system
        and versions.company_id = current_rows.company_id
        and versions.movement_id = current_rows.movement_id
        and versions.movement_line = current_rows.movement_line
