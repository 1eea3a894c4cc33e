-- The advice, then what planners say instead of it. A figure that nobody overrides moves along
-- with the one that is: the reorder point with its safety stock, order-up-to with the reorder point.
with

advice as (

    select * from {{ ref('int_planning__reorder_advice') }}

),

overrides as (

    select * from {{ ref('int_planning__override') }}

),

pointed as (

    select
        advice.company_id,
        advice.item_id,
        advice.location_id,
        advice.reorder_point as advised_reorder_point,
        advice.safety_stock as advised_safety_stock,
        advice.order_up_to as advised_order_up_to,
        coalesce(
            overrides.reorder_point,
            advice.reorder_point + overrides.safety_stock - advice.safety_stock,
            advice.reorder_point
        ) as reorder_point,
        overrides.safety_stock as said_safety_stock,
        overrides.order_up_to as said_order_up_to,
        overrides.order_qty as said_order_qty,
        overrides.override_ids,
        overrides.override_reason,
        overrides.override_expires_at
    from advice
    left join overrides
        on
            advice.company_id = overrides.company_id
            and advice.item_id = overrides.item_id
            and advice.location_id = overrides.location_id

),

moved as (

    select
        *,
        coalesce(said_safety_stock, advised_safety_stock + reorder_point - advised_reorder_point)
            as safety_stock,
        coalesce(
            said_order_up_to, advised_order_up_to + reorder_point - advised_reorder_point,
            reorder_point
        ) as order_up_to
    from pointed

)

select
    company_id,
    item_id,
    location_id,
    cast(reorder_point as decimal(18, 6)) as reorder_point,
    cast(case when safety_stock < 0 then 0 else safety_stock end as decimal(18, 6))
        as safety_stock,
    cast(case when order_up_to < reorder_point then reorder_point else order_up_to end as decimal(18, 6))
        as order_up_to,
    said_order_qty,
    advised_reorder_point,
    advised_safety_stock,
    advised_order_up_to,
    override_ids,
    override_reason,
    override_expires_at
from moved
