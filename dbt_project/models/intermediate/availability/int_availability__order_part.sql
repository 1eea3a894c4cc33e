-- What has to be picked for each order line: the item itself, or the parts of a kit without stock
-- of its own.
with

ordered as (

    select * from {{ ref('int_demand__order_line') }}
    where qty_ordered is not null

),

kit_parts as (

    select * from {{ ref('int_availability__kit_part') }}

)

select
    ordered.company_id,
    ordered.order_id,
    ordered.order_line,
    ordered.location_id,
    ordered.line_status,
    ordered.known_at,
    ordered.changed_at,
    coalesce(kit_parts.item_id, ordered.item_id) as item_id,
    coalesce(kit_parts.qty_per, 1) as qty_per,
    cast(
        cast(ordered.qty_ordered as decimal(28, 6)) * coalesce(kit_parts.qty_per, 1) as decimal(18, 6)
    ) as ordered_qty,
    cast(
        cast(ordered.qty_base as decimal(28, 6)) * coalesce(kit_parts.qty_per, 1) as decimal(18, 6)
    ) as part_qty
from ordered
left join kit_parts
    on
        ordered.company_id = kit_parts.company_id
        and ordered.item_id = kit_parts.kit_item_id
