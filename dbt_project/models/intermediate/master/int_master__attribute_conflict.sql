{%- set attributes = [
    'base_uom', 'item_type', 'tax_class', 'lot_controlled', 'serial_controlled', 'catch_weight',
    'shelf_life_days', 'weight', 'weight_uom', 'hazmat_class', 'gtin',
] -%}
-- One item, two systems, two answers. What only one system says is no conflict; nor is a row of the
-- company's own beside one for all, which is how a company differs on purpose.

with

run as (

    select * from {{ ref('int_control__run') }}

),

in_force as (      -- what each system says now, once per item

    select
        items.*,
        row_number() over (
            partition by items.source_system, items.company_id, items.item_id
            order by items.valid_from desc nulls last
        ) as recency
    from {{ ref('stg_master__item') }} as items
    cross join run
    where
        coalesce(items.valid_from, cast(run.as_of_at as date)) <= cast(run.as_of_at as date)
        and coalesce(items.valid_to, date '9999-12-31') >= cast(run.as_of_at as date)

),

said as (

    {% for attribute in attributes -%}
        select
            source_system, company_id, item_id, _delivered_at,
            '{{ attribute }}' as attribute,
            cast({{ attribute }} as varchar) as value
        from in_force
        where recency = 1 and {{ attribute }} is not null
        {{ 'union all' if not loop.last }}
    {% endfor %}

),

paired as (

    select
        one.company_id,
        one.item_id,
        one.attribute,
        one.source_system as one_system,
        one.value as one_value,
        other.source_system as other_system,
        other.value as other_value,
        greatest(one._delivered_at, other._delivered_at) as seen_at,
        row_number() over (
            partition by one.company_id, one.item_id, one.attribute
            order by one.source_system, other.source_system
        ) as pair
    from said as one
    inner join said as other
        on
            one.company_id = other.company_id
            and one.item_id = other.item_id
            and one.attribute = other.attribute
            and one.source_system < other.source_system
            and one.value <> other.value

)

select
    company_id,
    item_id,
    attribute,
    one_system,
    one_value,
    other_system,
    other_value,
    seen_at
from paired
where pair = 1
