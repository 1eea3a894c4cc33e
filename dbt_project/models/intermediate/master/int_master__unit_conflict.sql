-- Ratios that say different things of the same units on the same day: case to each and back to case
-- must end where it began, and so must the way round over a third unit.

with

told as (      -- a ratio ends where the next one of its direction and sender begins

    select
        source_system,
        company_id,
        coalesce(item_id, '') as item_id,
        from_uom,
        to_uom,
        numerator,
        denominator,
        valid_from,
        coalesce(valid_to, date '9999-12-31') as valid_to,
        lead(valid_from) over (
            partition by source_system, company_id, coalesce(item_id, ''), from_uom, to_uom
            order by valid_from
        ) as next_valid_from
    from {{ ref('stg_master__uom') }}

),

ratios as (

    select
        source_system, company_id, item_id, from_uom, to_uom, numerator, denominator, valid_from,
        case when next_valid_from <= valid_to then next_valid_from else valid_to end as valid_to,
        coalesce(next_valid_from <= valid_to, false) as is_followed
    from told

),

directed as (

    select
        *, concat(numerator, ' ', to_uom, ' = ', denominator, ' ', from_uom) as words
    from ratios
    union all
    select
        source_system, company_id, item_id, to_uom, from_uom, denominator, numerator, valid_from,
        valid_to, is_followed,
        concat(numerator, ' ', to_uom, ' = ', denominator, ' ', from_uom)
    from ratios

),

compared as (      -- what one row says directly, and what another says of the same two units

    select
        direct.company_id, direct.item_id, direct.from_uom, direct.to_uom,
        direct.words as one_ratio, other.words as other_ratio,
        greatest(direct.valid_from, other.valid_from) as conflict_from
    from directed as direct
    inner join directed as other
        on
            direct.company_id = other.company_id
            and direct.item_id = other.item_id
            and direct.from_uom = other.from_uom
            and direct.to_uom = other.to_uom
            and direct.words < other.words
            and direct.valid_from <= other.valid_to
            and direct.valid_to >= other.valid_from
            and not (direct.is_followed and direct.valid_to = other.valid_from)
            and not (other.is_followed and direct.valid_from = other.valid_to)
    where
        cast(direct.numerator as decimal(38, 0)) * other.denominator
        <> cast(other.numerator as decimal(38, 0)) * direct.denominator

    union all

    select
        direct.company_id, direct.item_id, direct.from_uom, direct.to_uom,
        direct.words, concat(leg.words, ', ', rest.words),
        greatest(direct.valid_from, leg.valid_from, rest.valid_from)
    from directed as direct
    inner join directed as leg
        on
            direct.company_id = leg.company_id
            and direct.item_id = leg.item_id
            and direct.from_uom = leg.from_uom
            and direct.to_uom <> leg.to_uom
            and direct.from_uom < direct.to_uom
            and not direct.is_followed and not leg.is_followed
    inner join directed as rest
        on
            leg.company_id = rest.company_id
            and leg.item_id = rest.item_id
            and leg.to_uom = rest.from_uom
            and direct.to_uom = rest.to_uom
            and not rest.is_followed
    where
        cast(leg.numerator as decimal(38, 0)) * rest.numerator * direct.denominator
        <> cast(direct.numerator as decimal(38, 0)) * leg.denominator * rest.denominator
        and greatest(direct.valid_from, leg.valid_from, rest.valid_from)
        <= least(direct.valid_to, leg.valid_to, rest.valid_to)

)

select
    company_id,
    item_id,
    least(from_uom, to_uom) as uom,
    greatest(from_uom, to_uom) as other_uom,
    min(one_ratio) as one_ratio,
    min(other_ratio) as other_ratio,
    max(conflict_from) as conflict_from
from compared
group by company_id, item_id, least(from_uom, to_uom), greatest(from_uom, to_uom)
