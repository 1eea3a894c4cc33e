-- How many kits are whole with each shipment of an order line: no more than the scarcest of the parts
-- that ever left for it allows, however many lines and shipments they are spread over.

with

parts as (

    select
        lines.company_id,
        coalesce(lines.order_id, '') as order_id,
        coalesce(lines.order_line, '') as order_line,
        -- without an order every shipment is for itself
        case when lines.order_id is null then lines.source_system || '|' || lines.shipment_id else '' end
            as alone,
        lines.kit_item_id,
        lines.own_item_id,
        lines.source_system,
        lines.shipment_id,
        min(lines.left_at) as left_at,
        sum({{ divide_exact(
            'lines.qty_shipped * coalesce(unit_factors.numerator, 1)',
            'coalesce(unit_factors.denominator, 1)', 6
        ) }}) as qty,
        sum({{ divide_exact(
            'lines.qty_released * coalesce(unit_factors.numerator, 1)',
            'coalesce(unit_factors.denominator, 1)', 6
        ) }}) as qty_released,
        max(kit_contents.qty_per) as qty_per
    from {{ ref('int_billing__left_line') }} as lines
    inner join {{ ref('int_billing__kit_content') }} as kit_contents
        on
            lines.company_id = kit_contents.company_id
            and lines.kit_item_id = kit_contents.parent_item_id
            and lines.own_item_id = kit_contents.component_item_id
            and cast(lines.left_at as date) between kit_contents.valid_from and kit_contents.valid_to
    left join {{ ref('int_master__unit_factor') }} as unit_factors
        on
            lines.company_id = unit_factors.company_id
            and lines.own_item_id = unit_factors.item_id
            and lines.uom = unit_factors.uom
            and cast(lines.left_at as date) between unit_factors.valid_from and unit_factors.valid_to
    where lines.kit_item_id is not null and lines.qty_shipped >= 0
    group by
        lines.company_id, coalesce(lines.order_id, ''), coalesce(lines.order_line, ''),
        case when lines.order_id is null then lines.source_system || '|' || lines.shipment_id else '' end,
        lines.kit_item_id, lines.own_item_id, lines.source_system, lines.shipment_id

),

shipments as (

    select
        company_id, order_id, order_line, alone, kit_item_id, source_system, shipment_id,
        min(left_at) as left_at
    from parts
    group by company_id, order_id, order_line, alone, kit_item_id, source_system, shipment_id

),

components as (

    select
        company_id, order_id, order_line, alone, kit_item_id, own_item_id,
        max(qty_per) as qty_per
    from parts
    group by company_id, order_id, order_line, alone, kit_item_id, own_item_id

),

grid as (      -- every part with every shipment, whether it was in it or not

    select
        shipments.*,
        components.own_item_id,
        coalesce(parts.qty_per, components.qty_per) as qty_per,
        parts.qty_released,
        sum(coalesce(parts.qty, 0)) over (
            partition by
                shipments.company_id, shipments.order_id, shipments.order_line, shipments.alone,
                shipments.kit_item_id, components.own_item_id
            order by shipments.left_at, shipments.shipment_id, shipments.source_system
        ) as qty_so_far
    from shipments
    inner join components
        on
            shipments.company_id = components.company_id
            and shipments.order_id = components.order_id
            and shipments.order_line = components.order_line
            and shipments.alone = components.alone
            and shipments.kit_item_id = components.kit_item_id
    left join parts
        on
            shipments.company_id = parts.company_id
            and shipments.order_id = parts.order_id
            and shipments.order_line = parts.order_line
            and shipments.kit_item_id = parts.kit_item_id
            and shipments.source_system = parts.source_system
            and shipments.shipment_id = parts.shipment_id
            and components.own_item_id = parts.own_item_id

),

counted as (

    select
        company_id, source_system, shipment_id, order_id, order_line, alone, kit_item_id, left_at,
        min({{ divide_exact('cast(qty_so_far as decimal(18, 6))', 'qty_per', 6) }}) as kits_so_far,
        min({{ divide_exact('cast(qty_released as decimal(18, 6))', 'qty_per', 6) }}) as kits_released
    from grid
    group by
        company_id, source_system, shipment_id, order_id, order_line, alone, kit_item_id, left_at

)

select
    company_id,
    source_system,
    shipment_id,
    order_id,
    order_line,
    kit_item_id,
    cast(kits_so_far - coalesce(lag(kits_so_far) over (
        partition by company_id, order_id, order_line, alone, kit_item_id
        order by left_at, shipment_id, source_system
    ), 0) as decimal(18, 6)) as kits_shipped,
    kits_released
from counted
