-- How far each order line has come: put aside, picked, shipped, billed, in base units and with the
-- first and last moment. A movement that says it wins over the document.
with

run as (

    select * from {{ ref('int_control__run') }}

),

item_codes as (

    select * from {{ ref('int_master__item_code') }}

),

unit_factors as (

    select * from {{ ref('int_master__unit_factor') }}

),

shipment_lines as (

    select
        company_id, shipment_id, shipment_line,
        min(order_id) as order_id, min(order_line) as order_line
    from {{ ref('stg_wms__shipment_line') }}
    group by company_id, shipment_id, shipment_line

),

told as (

    select
        source_system, company_id, order_id, order_line, item_code, uom,
        10 as stage_number, qty_reserved as qty, reserved_at as reached_at
    from {{ ref('stg_wms__allocation') }}
    where coalesce(hard_soft, 'hard') = 'hard' and status not in ('cancelled', 'released')
    union all
    select
        source_system, company_id, order_id, order_line, item_code, uom,
        20, qty_picked, picked_at
    from {{ ref('stg_wms__allocation') }}
    where qty_picked > 0 and picked_at is not null
    union all
    select
        lines.source_system, lines.company_id,
        coalesce(lines.order_id, shipment_lines.order_id),
        coalesce(lines.order_line, shipment_lines.order_line), lines.item_code, lines.uom,
        40, lines.actual_qty, lines.created_at
    from {{ ref('int_billing__invoice_line') }} as lines
    left join shipment_lines
        on
            lines.company_id = shipment_lines.company_id
            and lines.shipment_id = shipment_lines.shipment_id
            and lines.shipment_line = shipment_lines.shipment_line
    where lines.invoice_type = 'invoice' and lines.line_kind = 'goods' and not lines.is_cancelled

),

stacked as (

    select
        company_id, order_id, order_line, item_id, stage_number,
        1 as preference, qty_change as qty, event_at as reached_at, is_billable
    from {{ ref('int_control__order_move') }}
    union all
    select
        told.company_id,
        told.order_id,
        coalesce(told.order_line, ''),
        item_codes.item_id,
        told.stage_number,
        2,
        case
            when told.uom = item_codes.base_uom then told.qty
            else {{ divide_exact(
                'told.qty * unit_factors.numerator', 'unit_factors.denominator', 6, by_scale=0
            ) }}
        end,
        told.reached_at,
        1
    from told
    inner join run
        on told.reached_at <= run.as_of_at
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
            and cast(told.reached_at as date) between unit_factors.valid_from and unit_factors.valid_to
    where told.order_id is not null

),

chosen as (

    select
        *,
        min(preference) over (partition by company_id, order_id, order_line, item_id, stage_number)
            as best
    from stacked

)

select
    company_id,
    order_id,
    order_line,
    item_id,
    stage_number,
    cast(sum(qty) as decimal(18, 6)) as qty,
    min(case when qty > 0 then reached_at end) as first_at,
    max(case when qty > 0 then reached_at end) as last_at,
    max(is_billable) = 1 as is_billable
from chosen
where preference = best
group by company_id, order_id, order_line, item_id, stage_number
having sum(qty) > 0
