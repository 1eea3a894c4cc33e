-- What a warehouse has put aside, by document, for orders that have not left.
with

run as (

    select * from {{ ref('int_control__run') }}

),

allocations as (

    select * from {{ ref('stg_wms__allocation') }}

),

held as (      -- a soft one, or one out of goods that are not here, puts no piece aside

    select
        allocations.*,
        allocations.qty_reserved - coalesce(allocations.qty_short, 0) as qty_held,
        cast(allocations.reserved_at as date) as reserved_date
    from allocations
    inner join run
        on
            allocations.reserved_at <= run.as_of_at
            and (allocations.released_at is null or allocations.released_at > run.as_of_at)
    where
        allocations.status in ('open', 'picked', 'packed')
        and coalesce(allocations.hard_soft, 'hard') = 'hard'
        and coalesce(allocations.supply_type, 'on_hand') = 'on_hand'

),

placed as (

    select
        held.company_id,
        held.order_id,
        held.order_line,
        held.uom,
        held.reserved_date,
        held.qty_held,
        item_codes.item_id,
        item_codes.base_uom,
        location_codes.location_id
    from held
    inner join {{ ref('int_master__item_code') }} as item_codes
        on
            held.source_system = item_codes.source_system
            and held.company_id = item_codes.company_id
            and held.item_code = item_codes.item_code
            and item_codes.is_resolved
    inner join {{ ref('int_master__location_code') }} as location_codes
        on
            held.source_system = location_codes.source_system
            and held.company_id = location_codes.company_id
            and held.location_code = location_codes.location_code

)

select
    placed.company_id,
    placed.order_id,
    placed.order_line,
    placed.item_id,
    placed.location_id,
    cast(sum(
        case
            when placed.uom = placed.base_uom then placed.qty_held
            else {{ divide_exact(
                'placed.qty_held * unit_factors.numerator', 'unit_factors.denominator', 6, by_scale=0
            ) }}
        end
    ) as decimal(18, 6)) as reserved_qty
from placed
left join {{ ref('int_master__unit_factor') }} as unit_factors
    on
        placed.company_id = unit_factors.company_id
        and placed.item_id = unit_factors.item_id
        and placed.uom = unit_factors.uom
        and placed.reserved_date between unit_factors.valid_from and unit_factors.valid_to
group by
    placed.company_id, placed.order_id, placed.order_line, placed.item_id, placed.location_id
