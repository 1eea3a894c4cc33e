with

run as (

    select * from {{ ref('int_control__run') }}

),

order_lines as (

    select * from {{ ref('stg_billing__order_line') }}

),

item_codes as (

    select * from {{ ref('int_master__item_code') }}

),

location_codes as (

    select * from {{ ref('int_master__location_code') }}

),

shipped_from as (      -- where an order line names no place, the one it was shipped from

    select
        company_id,
        order_id,
        order_line,
        min(location_id) as location_id
    from {{ ref('int_demand__shipped') }}
    where order_id is not null
    group by company_id, order_id, order_line

),

wanted as (      -- drop-shipped goods and services ask nothing of a place

    select
        order_lines.*,
        case
            when order_lines.line_status = 'cancelled' then 0
            else greatest(order_lines.qty_ordered - coalesce(order_lines.qty_cancelled, 0), 0)
        end as qty_wanted
    from order_lines
    inner join run
        on order_lines.order_at <= run.as_of_at
    where
        order_lines.line_status <> 'draft'
        and order_lines.order_type not in ('return', 'service', 'dropship')
        and order_lines.qty_ordered > 0

),

placed as (

    select
        wanted.*,
        item_codes.item_id,
        item_codes.base_uom,
        coalesce(location_codes.location_id, shipped_from.location_id) as location_id,
        coalesce(location_codes.timezone, 'UTC') as timezone
    from wanted
    inner join item_codes
        on
            wanted.source_system = item_codes.source_system
            and wanted.company_id = item_codes.company_id
            and wanted.item_code = item_codes.item_code
            and item_codes.is_resolved
    left join location_codes
        on
            wanted.source_system = location_codes.source_system
            and wanted.company_id = location_codes.company_id
            and wanted.ship_from_location = location_codes.location_code
    left join shipped_from
        on
            wanted.company_id = shipped_from.company_id
            and wanted.order_id = shipped_from.order_id
            and wanted.order_line = shipped_from.order_line

),

dated as (

    select
        *,
        coalesce(requested_date, {{ local_date('order_at', 'timezone') }}) as demand_date
    from placed
    where location_id is not null

)

select
    dated.company_id,
    dated.item_id,
    dated.location_id,
    dated.order_id,
    dated.order_line,
    dated.demand_date,
    dated.line_status,
    dated.order_at as known_at,
    dated.changed_at,
    {{ local_date('dated.source_updated_at', 'dated.timezone') }} as told_last_date,
    cast(
        case
            when dated.uom = dated.base_uom then dated.qty_ordered
            else {{ divide_exact(
                'dated.qty_ordered * unit_factors.numerator', 'unit_factors.denominator', 6,
                by_scale=0
            ) }}
        end as decimal(18, 6)
    ) as qty_ordered,
    case
        when dated.uom = dated.base_uom then dated.qty_wanted
        else {{ divide_exact(
            'dated.qty_wanted * unit_factors.numerator', 'unit_factors.denominator', 6, by_scale=0
        ) }}
    end as qty_base,
    case when dated.currency = companies.currency then dated.net_amount end as net_amount
from dated
inner join {{ ref('int_master__company') }} as companies
    on dated.company_id = companies.company_id
left join {{ ref('int_master__unit_factor') }} as unit_factors
    on
        dated.company_id = unit_factors.company_id
        and dated.item_id = unit_factors.item_id
        and dated.uom = unit_factors.uom
        and dated.demand_date between unit_factors.valid_from and unit_factors.valid_to
