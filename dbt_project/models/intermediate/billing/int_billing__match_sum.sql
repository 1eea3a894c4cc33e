-- M4: a line is the sum of lines on the other side. Of the candidates one is taken when no line of it
-- fits another better; then its parts are cut where the whole ends.

with

stretches as (

    select * from {{ ref('int_billing__match_stretch') }}

),

joints as (

    select * from {{ ref('int_billing__match_joint') }}

),

members as (      -- the whole and its parts; a part covers the whole between two points of its axis

    select
        stretches.*,
        parts.line_key,
        parts.source_system,
        parts.invoice_id,
        parts.invoice_line,
        false as is_whole,
        least(parts.reaches - stretches.begins, stretches.qty)
        - (parts.reaches - parts.qty - stretches.begins) as matched_qty
    from stretches
    inner join joints as parts
        on
            stretches.company_id = parts.company_id
            and stretches.side <> parts.side
            and stretches.party_id = parts.party_id
            and stretches.item_id = parts.item_id
            and stretches.reference = parts.reference
            and parts.place between stretches.first_place and stretches.last_place
    union all
    select
        stretches.*, wholes.line_key, wholes.source_system, wholes.invoice_id, wholes.invoice_line,
        true, 0
    from stretches
    inner join joints as wholes
        on
            stretches.whole_key = wholes.line_key
            and stretches.reference = wholes.reference

),

chosen as (

    select
        members.*,
        row_number() over (
            partition by line_key
            order by misfit, last_place - first_place, candidate
        ) as choice
    from members

),

taken as (

    select candidate
    from chosen
    group by candidate
    having max(choice) = 1

)

select
    case when parts.side = 'invoiced' then parts.line_key else parts.whole_key end
        as expected_billing_id,
    parts.company_id,
    coalesce(parts.source_system, wholes.source_system) as source_system,
    coalesce(parts.invoice_id, wholes.invoice_id) as invoice_id,
    coalesce(parts.invoice_line, wholes.invoice_line) as invoice_line,
    'M4' as match_level,
    cast(parts.matched_qty as decimal(18, 6)) as matched_qty
from chosen as parts
inner join taken
    on parts.candidate = taken.candidate
inner join chosen as wholes
    on
        parts.candidate = wholes.candidate
        and wholes.is_whole
where not parts.is_whole and parts.matched_qty > 0
