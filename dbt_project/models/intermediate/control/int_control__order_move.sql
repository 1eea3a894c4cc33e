-- Movements of goods for an order, by the stage that they reach: + where goods come to a stage, -
-- where they fall back behind it. A step that is only implied by a later one says nothing of when
-- it was done, so only the last one counts, and that is never implied.
with

shipment_lines as (

    select
        company_id, shipment_id, shipment_line,
        min(order_id) as order_id, min(order_line) as order_line
    from {{ ref('stg_wms__shipment_line') }}
    group by company_id, shipment_id, shipment_line

),

staged as (

    select
        *,
        case
            when from_state = 'RESERVED' then 10
            when from_state in ('PICKED', 'PACKED') then 20
            when from_state in ('EXT_CUSTOMER', 'IN_TRANSIT_OUT', 'CONSIGN_OUT', 'XFER_TRANSIT', 'BILL_HOLD')
                then 30
            else 0
        end as from_stage,
        case
            when to_state = 'RESERVED' then 10
            when to_state in ('PICKED', 'PACKED') then 20
            when to_state in ('EXT_CUSTOMER', 'IN_TRANSIT_OUT', 'CONSIGN_OUT', 'XFER_TRANSIT', 'BILL_HOLD')
                then 30
            else 0
        end as to_stage,
        -- given away, ours elsewhere, or settled inside the group: no customer's invoice follows
        case when event_code in ('E38', 'E42', 'E43', 'E54') then 0 else 1 end as is_billable
    from {{ ref('int_stock__move') }}

),

counted as (

    select *, to_stage as stage_number, qty_base as qty_change
    from staged
    where to_stage > from_stage and (not is_derived or to_stage = 30)
    union all
    select *, from_stage, -qty_base
    from staged
    where to_stage < from_stage and from_stage > 0 and from_stage < 30
    union all
    -- what goes all the way back is not put aside any more either
    select *, 10, -qty_base
    from staged
    where to_stage = 0 and from_stage = 20
    union all
    select *, 30, -qty_base
    from staged
    where to_stage in (10, 20) and from_stage = 30

)

select
    counted.company_id,
    coalesce(counted.order_id, shipment_lines.order_id) as order_id,
    coalesce(counted.order_line, shipment_lines.order_line, '') as order_line,
    counted.item_id,
    counted.stage_number,
    cast(counted.qty_change as decimal(18, 6)) as qty_change,
    counted.event_at,
    counted.is_billable
from counted
left join shipment_lines
    on
        counted.company_id = shipment_lines.company_id
        and counted.shipment_id = shipment_lines.shipment_id
        and counted.shipment_line = shipment_lines.shipment_line
where coalesce(counted.order_id, shipment_lines.order_id) is not null
