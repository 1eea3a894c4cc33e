-- What a kit is made of, by item and not by code, because systems name one item in several ways. A
-- company's own rows go before those for all (ruling A12); a later row is a new period (A11). What left
-- before the first period is read by the first.

with

components as (

    select * from {{ ref('stg_master__bom') }}
    where bom_type in ('kit', 'phantom') and qty_per > 0

),

companies as (

    select * from {{ ref('int_master__company') }}

),

item_codes as (

    select * from {{ ref('int_master__item_code') }}

),

named as (

    select
        companies.company_id,
        companies.as_of_date,
        parents.item_id as parent_item_id,
        parts.item_id as component_item_id,
        components.qty_per,
        components.uom,
        components.valid_from,
        components.valid_to,
        components.source_system,
        min(case when components.company_id = '*' then 1 else 0 end) over (
            partition by companies.company_id, parents.item_id
        ) as best_distance,
        case when components.company_id = '*' then 1 else 0 end as distance
    from components
    inner join companies
        on components.company_id in (companies.company_id, '*')
    inner join item_codes as parents
        on
            components.source_system = parents.source_system
            and components.company_id = parents.company_id
            and components.parent_item_code = parents.item_code
    inner join item_codes as parts
        on
            components.source_system = parts.source_system
            and components.company_id = parts.company_id
            and components.component_item_code = parts.item_code

),

ranked as (

    select
        named.*,
        row_number() over (
            partition by company_id, parent_item_id, component_item_id, valid_from
            order by source_system, qty_per
        ) as preference
    from named
    where distance = best_distance

),

periods as (

    select
        ranked.*,
        row_number() over (
            partition by company_id, parent_item_id, component_item_id order by valid_from
        ) as position,
        lead(valid_from) over (
            partition by company_id, parent_item_id, component_item_id order by valid_from
        ) as next_from
    from ranked
    where preference = 1

)

select
    periods.company_id,
    periods.parent_item_id,
    periods.component_item_id,
    -- in the unit of the stock ledger
    case
        when periods.uom <> items.base_uom and unit_factors.numerator is not null
            then {{ divide_exact('periods.qty_per * unit_factors.numerator', 'unit_factors.denominator', 6) }}
        else periods.qty_per
    end as qty_per,
    case when periods.position = 1 then date '0001-01-01' else periods.valid_from end as valid_from,
    least(
        coalesce(periods.valid_to, date '9999-12-31'),
        coalesce(cast(periods.next_from - interval 1 day as date), date '9999-12-31')
    ) as valid_to
from periods
left join {{ ref('int_master__item') }} as items
    on
        periods.company_id = items.company_id
        and periods.component_item_id = items.item_id
left join {{ ref('int_master__unit_factor') }} as unit_factors
    on
        periods.company_id = unit_factors.company_id
        and periods.component_item_id = unit_factors.item_id
        and periods.uom = unit_factors.uom
        and periods.as_of_date between unit_factors.valid_from and unit_factors.valid_to
