{{ config(materialized='view') }}

-- E01: ordered goods, and E58 for what of them is cancelled or will no longer come. What was sent or
-- received beyond the order was ordered too, from the day it came.
with

run as (

    select * from {{ ref('int_control__run') }}

),

orders as (

    select * from {{ ref('int_stock__order') }}

),

taken as (

    select
        company_id, ref_order_id as document_id, ref_order_line as document_line,
        sent_qty_base - missing_qty_base as qty_base, event_at as last_event_at
    from {{ ref('int_stock__notice_balance') }}
    where is_order_known
    union all
    select company_id, document_id, document_line, qty_base, last_event_at
    from {{ ref('int_stock__drawn') }}
    where stock_state = 'ON_ORDER'

),

per_order as (

    select
        company_id,
        document_id,
        document_line,
        sum(qty_base) as qty_base,
        max(last_event_at) as last_event_at
    from taken
    group by company_id, document_id, document_line

),

balanced as (

    select
        orders.*,
        greatest(coalesce(per_order.qty_base, 0) - orders.qty_base, 0) as surplus_qty_base,
        case
            when orders.changed_at > run.as_of_at then 0
            when orders.is_ended
                then greatest(orders.qty_base - coalesce(per_order.qty_base, 0), 0)
            else least(
                orders.cancelled_qty_base,
                greatest(orders.qty_base - coalesce(per_order.qty_base, 0), 0)
            )
        end as cancelled_rest,
        per_order.last_event_at
    from orders
    left join per_order
        on
            orders.company_id = per_order.company_id
            and orders.purchase_order_id = per_order.document_id
            and orders.purchase_order_line = per_order.document_line
    cross join run

),

steps as (

    select
        'E01' as event_code, true as is_placed, '' as part, qty_base as moved_qty_base,
        event_at as moved_at, *
    from balanced
    union all
    select 'E01', true, 'beyond the order', surplus_qty_base, last_event_at, *
    from balanced
    union all
    select 'E58', false, 'cancelled', cancelled_rest, changed_at, *
    from balanced

)

select
    company_id, source_system, concat('order ', purchase_order_id) as source_movement_id,
    purchase_order_line as source_movement_line, part, 'order' as movement_type, event_code,
    item_id, item_code, '' as lot_number, '' as serial_number,
    cast(moved_qty_base as decimal(18, 6)) as qty_base,
    case when not is_placed then location_id end as from_location_id,
    case when is_placed then 'EXT_SUPPLIER' else 'ON_ORDER' end as from_state,
    case when not is_placed then coalesce(supplier_id, company_id) end as from_owner,
    case when is_placed then location_id end as to_location_id,
    case when is_placed then 'ON_ORDER' else 'EXT_SUPPLIER' end as to_state,
    case when is_placed then coalesce(supplier_id, company_id) end as to_owner,
    moved_at as event_at, timezone,
    cast(null as varchar) as order_id, cast(null as varchar) as order_line,
    cast(null as varchar) as receipt_id, cast(null as varchar) as receipt_line,
    cast(null as varchar) as transfer_id,
    case
        when not is_placed
            then concat_ws(
                '/', source_system, company_id, concat('order ', purchase_order_id),
                purchase_order_line
            )
    end as reversal_of_move_id,
    cast(null as varchar) as reason_code
from steps
