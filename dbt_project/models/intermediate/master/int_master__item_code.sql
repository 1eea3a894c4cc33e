with

run as (

    select * from {{ ref('int_control__run') }}

),

seen as (

    select * from {{ ref('int_master__item_code_seen') }}

),

xrefs as (

    select * from {{ ref('stg_master__item_xref') }}

),

items as (

    select * from {{ ref('stg_master__item') }}

),

xref_ranked as (      -- the company's own row, then the one in force, then the newest

    select
        seen.source_system,
        seen.company_id,
        seen.item_code,
        xrefs.item_id,
        xrefs.source_uom,
        xrefs.pack_qty,
        row_number() over (
            partition by seen.source_system, seen.company_id, seen.item_code
            order by
                case when xrefs.company_id = seen.company_id then 0 else 1 end asc,
                case when xrefs.valid_from > cast(run.as_of_at as date) then 1 else 0 end asc,
                case when xrefs.valid_to < cast(run.as_of_at as date) then 1 else 0 end asc,
                xrefs.valid_from desc,
                xrefs.source_system asc,
                xrefs.item_id asc
        ) as preference
    from seen
    inner join xrefs
        on
            seen.source_system = xrefs.xref_source
            and seen.item_code = xrefs.source_code
            and (xrefs.company_id in (seen.company_id, '*') or seen.company_id = '*')
    cross join run

),

resolved as (      -- a code without a cross-reference may be the gold key itself

    select
        seen.source_system,
        seen.company_id,
        seen.item_code,
        coalesce(xref_ranked.item_id, seen.item_code) as item_id,
        xref_ranked.source_uom,
        xref_ranked.pack_qty
    from seen
    left join xref_ranked
        on
            seen.source_system = xref_ranked.source_system
            and seen.company_id = xref_ranked.company_id
            and seen.item_code = xref_ranked.item_code
            and xref_ranked.preference = 1

),

item_units as (

    select
        company_id,
        item_id,
        max(base_uom) as base_uom
    from {{ ref('int_master__item') }}
    group by company_id, item_id
    union all
    select
        '*' as company_id,
        item_id,
        max(base_uom) as base_uom
    from items
    group by item_id

)

select
    resolved.source_system,
    resolved.company_id,
    resolved.item_code,
    resolved.item_id,
    item_units.base_uom,
    resolved.source_uom,
    resolved.pack_qty,
    item_units.item_id is not null as is_resolved
from resolved
left join item_units
    on
        resolved.company_id = item_units.company_id
        and resolved.item_id = item_units.item_id
