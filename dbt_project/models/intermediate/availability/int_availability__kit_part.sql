-- What a kit without stock of its own is picked as.
with

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

)

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
inner join items
    on
        kits.company_id = items.company_id
        and kits.item_id = items.item_id
        and items.item_type = 'phantom_kit'
inner join item_codes as parts
    on
        kit_content.company_id = parts.company_id
        and kit_content.component_item_code = parts.item_code
group by kits.company_id, kits.item_id, parts.item_id
