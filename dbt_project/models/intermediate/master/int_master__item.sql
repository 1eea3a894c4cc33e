with

companies as (

    select * from {{ ref('int_master__company') }}

),

items as (

    select * from {{ ref('stg_master__item') }}

),

in_force as (      -- a company's own record before one for all; of several, the newest in force

    select
        companies.company_id,
        items.item_id,
        items.description,
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
        items.lot_controlled,
        items.serial_controlled,
        coalesce(items.catch_weight, false) as catch_weight,
        items.shelf_life_days,
        items.weight,
        items.weight_uom,
        items.volume,
        items.hazmat_class,
        items.gtin,
        items.safety_stock,
        items.reorder_point,
        items.moq,
        items.order_multiple,
        items.valid_from,
        items.valid_to,
        row_number() over (
            partition by companies.company_id, items.item_id
            order by
                case when items.company_id = companies.company_id then 0 else 1 end asc,
                case when items.valid_to < companies.as_of_date then 1 else 0 end asc,
                items.valid_from desc nulls last,
                items.source_system asc
        ) as preference
    from companies
    inner join items
        on
            items.company_id in (companies.company_id, '*')
            and coalesce(items.valid_from, companies.as_of_date) <= companies.as_of_date

)

select * from in_force
where preference = 1
