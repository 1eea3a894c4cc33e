-- What a kit without stock of its own is picked as today.

select
    contents.company_id,
    contents.parent_item_id as kit_item_id,
    contents.component_item_id as item_id,
    contents.qty_per
from {{ ref('int_billing__kit_content') }} as contents
inner join {{ ref('int_master__company') }} as companies
    on
        contents.company_id = companies.company_id
        and companies.as_of_date between contents.valid_from and contents.valid_to
inner join {{ ref('int_master__item') }} as items
    on
        contents.company_id = items.company_id
        and contents.parent_item_id = items.item_id
        and items.item_type = 'phantom_kit'
inner join {{ ref('int_master__item') }} as parts
    on
        contents.company_id = parts.company_id
        and contents.component_item_id = parts.item_id
