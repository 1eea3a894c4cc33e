-- What customers wait for, in the unit of the stock, as ordered.
with

run as (

    select * from {{ ref('int_control__run') }}

),

order_lines as (

    select * from {{ ref('stg_billing__order_line') }}

),

open_lines as (      -- drop-shipped goods and services ask nothing of a place

    select
        order_lines.*,
        order_lines.qty_ordered - coalesce(order_lines.qty_cancelled, 0) as qty_wanted,
        cast(order_lines.order_at as date) as order_date
    from order_lines
    inner join run
        on order_lines.order_at <= run.as_of_at
    where
        order_lines.line_status in ('open', 'partial')
        and order_lines.order_type not in ('return', 'service', 'dropship')
        and order_lines.qty_ordered - coalesce(order_lines.qty_cancelled, 0) > 0

),

placed as (

    select
        open_lines.*,
        item_codes.item_id,
        item_codes.base_uom,
        location_codes.location_id
    from open_lines
    inner join {{ ref('int_master__item_code') }} as item_codes
        on
            open_lines.source_system = item_codes.source_system
            and open_lines.company_id = item_codes.company_id
            and open_lines.item_code = item_codes.item_code
            and item_codes.is_resolved
    left join {{ ref('int_master__location_code') }} as location_codes
        on
            open_lines.source_system = location_codes.source_system
            and open_lines.company_id = location_codes.company_id
            and open_lines.ship_from_location = location_codes.location_code

)

select
    placed.source_system,
    placed.company_id,
    placed.order_id,
    placed.order_line,
    placed.item_id,
    placed.item_code,
    placed.location_id,
    placed.order_type,
    placed.channel,
    placed.customer_code,
    placed.ship_to_code,
    placed.order_at,
    placed.promised_date,
    coalesce(placed.promised_date, placed.requested_date, placed.order_date) as due_date,
    placed.promise_basis,
    {{ order_amount('placed') }} as net_amount,
    placed.currency,
    case
        when placed.uom = placed.base_uom then cast(placed.qty_wanted as decimal(18, 6))
        else {{ divide_exact(
            'placed.qty_wanted * unit_factors.numerator', 'unit_factors.denominator', 6, by_scale=0
        ) }}
    end as wanted_qty
from placed
left join {{ ref('int_master__unit_factor') }} as unit_factors
    on
        placed.company_id = unit_factors.company_id
        and placed.item_id = unit_factors.item_id
        and placed.uom = unit_factors.uom
        and placed.order_date between unit_factors.valid_from and unit_factors.valid_to
