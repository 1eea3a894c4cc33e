with

items as (

    select * from {{ ref('int_master__item') }}

),

conversions as (

    select * from {{ ref('stg_master__uom') }}

),

directed as (      -- a ratio read both ways: into the base unit, numerator over denominator

    select
        company_id, item_id, from_uom as uom, to_uom as base_uom,
        numerator, denominator, valid_from, valid_to, 0 as is_turned
    from conversions
    union all
    select
        company_id, item_id, to_uom, from_uom,
        denominator, numerator, valid_from, valid_to, 1
    from conversions

),

matched as (

    select
        items.company_id,
        items.item_id,
        directed.uom,
        directed.numerator,
        directed.denominator,
        directed.valid_from,
        coalesce(directed.valid_to, date '9999-12-31') as valid_to,
        -- the item's own ratio before a general one, the company's own before one for all
        case when coalesce(directed.item_id, '') = '' then 4 else 0 end
        + case when directed.company_id = '*' then 2 else 0 end
        + directed.is_turned as distance
    from items
    inner join directed
        on
            items.base_uom = directed.base_uom
            and items.base_uom <> directed.uom
            and directed.company_id in (items.company_id, '*')
            and coalesce(directed.item_id, '') in ('', items.item_id)

),

nearest as (

    select
        company_id,
        item_id,
        uom,
        numerator,
        denominator,
        valid_from,
        valid_to,
        distance,
        min(distance) over (partition by company_id, item_id, uom) as nearest_distance,
        lead(valid_from) over (
            partition by company_id, item_id, uom, distance
            order by valid_from
        ) as next_valid_from
    from matched

)

select
    company_id,
    item_id,
    uom,
    numerator,
    denominator,
    valid_from,
    least(
        valid_to, coalesce(cast(next_valid_from - interval 1 day as date), date '9999-12-31')
    ) as valid_to
from nearest
where distance = nearest_distance
