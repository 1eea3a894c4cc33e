with

run as (

    select * from {{ ref('int_control__run') }}

),

items as (

    select * from {{ ref('int_master__item') }}

),

item_codes as (

    select * from {{ ref('int_master__item_code') }}

),

codes as (      -- the gold key where a source uses it itself, else the first spelling

    select
        company_id,
        item_id,
        coalesce(max(case when item_code = item_id then item_code end), min(item_code)) as item_code
    from item_codes
    where company_id <> '*'
    group by company_id, item_id

),

keys as (      -- a code that no master explains is still a row that facts can point to

    select company_id, item_id from items
    union
    select company_id, item_id from codes

)

select
    keys.company_id,
    keys.item_id,
    coalesce(codes.item_code, keys.item_id) as item_code,
    coalesce(items.description, keys.item_id) as item_name,
    items.item_type,
    items.base_uom,
    items.category,
    items.brand,
    items.abc_class,
    items.status,
    items.cost_method,
    items.valuation_class,
    items.tax_class,
    items.price_group,
    items.hazmat_class,
    items.gtin,
    coalesce(items.lot_controlled, false) as is_lot_controlled,
    coalesce(items.serial_controlled, false) as is_serial_controlled,
    items.item_id is not null as is_in_master,
    items.shelf_life_days,
    items.weight,
    items.weight_uom,
    items.volume,
    items.safety_stock,
    items.reorder_point,
    items.moq,
    items.order_multiple,
    items.valid_from,
    items.valid_to,
    run.as_of_at,
    run.watermark_at
from keys
left join items
    on
        keys.company_id = items.company_id
        and keys.item_id = items.item_id
left join codes
    on
        keys.company_id = codes.company_id
        and keys.item_id = codes.item_id
cross join run
