with

movements as (

    select * from {{ ref('int_stock__movement') }}

),

pairs as (      -- either row may name the other

    select
        movements.source_system,
        movements.company_id,
        movements.source_movement_id,
        movements.source_movement_line,
        partners.source_movement_id as linked_movement_id,
        partners.source_movement_line as linked_movement_line
    from movements
    inner join movements as partners
        on
            movements.source_system = partners.source_system
            and movements.company_id = partners.company_id
            and movements.linked_movement_id = partners.source_movement_id
            and movements.source_movement_line = partners.source_movement_line

),

both_ways as (

    select
        source_system, company_id,
        source_movement_id, source_movement_line, linked_movement_id, linked_movement_line
    from pairs
    union
    select
        source_system, company_id,
        linked_movement_id, linked_movement_line, source_movement_id, source_movement_line
    from pairs

),

ranked as (

    select
        *,
        row_number() over (
            partition by source_system, company_id, source_movement_id, source_movement_line
            order by linked_movement_id, linked_movement_line
        ) as preference
    from both_ways

)

select
    ranked.source_system,
    ranked.company_id,
    ranked.source_movement_id,
    ranked.source_movement_line,
    ranked.linked_movement_id,
    partners.location_id as linked_location_id,
    partners.stock_status as linked_stock_status,
    partners.item_id as linked_item_id,
    partners.qty_base as linked_qty_base
from ranked
inner join movements as partners
    on
        ranked.source_system = partners.source_system
        and ranked.company_id = partners.company_id
        and ranked.linked_movement_id = partners.source_movement_id
        and ranked.linked_movement_line = partners.source_movement_line
where ranked.preference = 1
