with

components as (

    select * from {{ ref('stg_master__bom') }}

),

companies as (

    select * from {{ ref('int_master__company') }}

),

ranked as (      -- the content in force now, the company's own before one for all

    select
        companies.company_id,
        components.parent_item_code,
        components.component_item_code,
        components.qty_per,
        row_number() over (
            partition by
                companies.company_id, components.parent_item_code, components.component_item_code
            order by
                case when components.company_id = '*' then 1 else 0 end,
                components.valid_from desc,
                components.source_system asc
        ) as preference
    from components
    inner join companies
        on
            components.company_id in (companies.company_id, '*')
            and components.valid_from <= companies.as_of_date
    where components.bom_type in ('kit', 'phantom') and components.qty_per > 0

)

select
    company_id,
    parent_item_code,
    component_item_code,
    qty_per
from ranked
where preference = 1
