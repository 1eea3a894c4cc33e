-- What has to be picked for each order line: the item itself, or the parts of a kit without stock
-- of its own.
with

ordered as (

    select * from {{ ref('int_demand__order_line') }}
    where qty_ordered is not null

),

items as (

    select * from {{ ref('int_master__item') }}

),

item_codes as (

    select
        company_id,
        item_code,
        min(item_id) as item_id
    from {{ ref('int_master__item_code') }}
    where is_resolved
    group by company_id, item_code

),

kit_parts as (

    select
        kits.company_id,
        kits.item_id as kit_item_id,
        parts.item_id,
        max(kit_content.qty_per) as qty_per
    from {{ ref('int_billing__kit_content') }} as kit_content
    inner join item_codes as kits
        on
            kit_content.company_id = kits.company_id
            and kit_content.parent_item_code = kits.item_code
    inner join item_codes as parts
        on
            kit_content.company_id = parts.company_id
            and kit_content.component_item_code = parts.item_code
    group by kits.company_id, kits.item_id, parts.item_id

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
    cast(ordered.qty_ordered * coalesce(kit_parts.qty_per, 1) as decimal(18, 6)) as ordered_qty,
    cast(ordered.qty_base * coalesce(kit_parts.qty_per, 1) as decimal(18, 6)) as part_qty
from ordered
left join items
    on
        ordered.company_id = items.company_id
        and ordered.item_id = items.item_id
left join kit_parts
    on
        items.item_type = 'phantom_kit'
        and ordered.company_id = kit_parts.company_id
        and ordered.item_id = kit_parts.kit_item_id
