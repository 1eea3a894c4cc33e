-- What to order now, by the figures that hold and by those that were advised: up to order_up_to, at
-- least the minimum, in whole multiples. Without a reorder point there is no answer, and no zero.
with

decisions as (

    select * from {{ ref('int_planning__reorder_decision') }}

),

bases as (

    select
        company_id, item_id, location_id, 'decided' as basis, reorder_point, order_up_to,
        said_order_qty
    from decisions
    union all
    select
        company_id, item_id, location_id, 'advised', advised_reorder_point, advised_order_up_to,
        cast(null as decimal(18, 6))
    from decisions

),

wanted as (

    select
        bases.*,
        case when items.order_multiple > 0 then items.order_multiple else 1 end as order_multiple,
        case
            when bases.reorder_point is null then null
            when
                coalesce(positions.position_qty, 0) > bases.reorder_point
                or bases.order_up_to <= coalesce(positions.position_qty, 0)
                then 0
            when bases.order_up_to - coalesce(positions.position_qty, 0) > coalesce(items.moq, 0)
                then bases.order_up_to - coalesce(positions.position_qty, 0)
            else items.moq
        end as wanted_qty
    from bases
    inner join {{ ref('int_master__item') }} as items
        on
            bases.company_id = items.company_id
            and bases.item_id = items.item_id
    left join {{ ref('int_planning__position') }} as positions
        on
            bases.company_id = positions.company_id
            and bases.item_id = positions.item_id
            and bases.location_id = positions.location_id

),

rounded as (

    select
        *,
        wanted_qty + case
            when wanted_qty % order_multiple = 0 then 0
            else order_multiple - wanted_qty % order_multiple
        end as whole_qty
    from wanted

),

ordered as (

    select
        company_id,
        item_id,
        location_id,
        max(case when basis = 'decided' then coalesce(said_order_qty, whole_qty) end) as order_qty,
        max(case when basis = 'advised' then whole_qty end) as advised_order_qty
    from rounded
    group by company_id, item_id, location_id

)

select
    decisions.company_id,
    decisions.item_id,
    decisions.location_id,
    decisions.reorder_point,
    decisions.safety_stock,
    decisions.order_up_to,
    cast(ordered.order_qty as decimal(18, 6)) as order_qty,
    decisions.advised_reorder_point,
    decisions.advised_safety_stock,
    decisions.advised_order_up_to,
    cast(ordered.advised_order_qty as decimal(18, 6)) as advised_order_qty,
    decisions.override_ids,
    decisions.override_reason,
    decisions.override_expires_at
from decisions
inner join ordered
    on
        decisions.company_id = ordered.company_id
        and decisions.item_id = ordered.item_id
        and decisions.location_id = ordered.location_id
