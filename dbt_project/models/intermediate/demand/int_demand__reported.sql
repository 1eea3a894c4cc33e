-- Demand that a system sends as such, for places that send neither orders nor shipments.
with

run as (

    select * from {{ ref('int_control__run') }}

),

history as (

    select * from {{ ref('stg_demand__history') }}

),

item_codes as (

    select * from {{ ref('int_master__item_code') }}

),

location_codes as (

    select * from {{ ref('int_master__location_code') }}

),

placed as (

    select
        history.company_id,
        item_codes.item_id,
        location_codes.location_id,
        location_codes.timezone,
        history.demand_date,
        history.qty_demanded,
        history.qty_fulfilled,
        history.net_revenue,
        history.stockout_flag,
        history.uom,
        item_codes.base_uom
    from history
    inner join run
        on history.demand_date <= cast(run.as_of_at as date)
    inner join item_codes
        on
            history.source_system = item_codes.source_system
            and history.company_id = item_codes.company_id
            and history.item_code = item_codes.item_code
            and item_codes.is_resolved
    inner join location_codes
        on
            history.source_system = location_codes.source_system
            and history.company_id = location_codes.company_id
            and history.location_code = location_codes.location_code

)

select
    placed.company_id,
    placed.item_id,
    placed.location_id,
    placed.demand_date,
    {{ midnight_utc('placed.demand_date + interval 1 day', 'placed.timezone') }} as known_at,
    coalesce(placed.stockout_flag, false) as is_stockout,
    placed.net_revenue as net_amount,
    case
        when placed.uom = placed.base_uom then placed.qty_demanded
        else {{ divide_exact(
            'placed.qty_demanded * unit_factors.numerator', 'unit_factors.denominator', 6, by_scale=0
        ) }}
    end as qty_demanded,
    case
        when placed.uom = placed.base_uom then placed.qty_fulfilled
        else {{ divide_exact(
            'placed.qty_fulfilled * unit_factors.numerator', 'unit_factors.denominator', 6, by_scale=0
        ) }}
    end as qty_fulfilled
from placed
left join {{ ref('int_master__unit_factor') }} as unit_factors
    on
        placed.company_id = unit_factors.company_id
        and placed.item_id = unit_factors.item_id
        and placed.uom = unit_factors.uom
        and placed.demand_date between unit_factors.valid_from and unit_factors.valid_to
