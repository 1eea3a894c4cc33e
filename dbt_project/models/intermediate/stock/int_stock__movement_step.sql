with

rules as (

    select * from {{ ref('movement_event') }}

),

implied_steps as (

    select * from {{ ref('implied_step') }}

),

chosen as (

    select * from {{ ref('int_stock__reachable_rule') }}

),

-- One `rtv` row is enough: goods that leave from the shelf were staged first.
follow_ups as (

    select
        chosen.movement_type, chosen.document_type, chosen.direction, chosen.own_state,
        rules.event_code, rules.from_state, rules.to_state
    from chosen
    inner join rules
        on
            chosen.direction = 'out'
            and rules.side_out
            and chosen.movement_type = rules.movement_type
            and coalesce(rules.document_type, '') = coalesce(chosen.document_type, '')
            and chosen.to_state = rules.from_state
            and chosen.from_state <> rules.from_state

),

steps as (

    select
        movement_type, document_type, direction, own_state,
        20 as step, event_code, from_state, to_state
    from chosen
    union all
    select      -- what a receipt takes in was ordered, though nobody told of the order
        movement_type, document_type, direction, own_state,
        1, 'E01', 'EXT_SUPPLIER', 'ON_ORDER'
    from chosen
    where
        direction = 'in' and from_state = 'ON_ORDER'
        and coalesce(document_type, '') <> 'po_ordered'
    union all
    select
        chosen.movement_type, chosen.document_type, chosen.direction, chosen.own_state,
        case when chosen.direction = 'out' then 10 else 20 end + implied_steps.step,
        implied_steps.event_code, implied_steps.from_state, implied_steps.to_state
    from chosen
    inner join implied_steps
        on
            chosen.direction = implied_steps.direction
            and chosen.own_state = implied_steps.own_state
            and (
                chosen.direction = 'out' and chosen.meets_step >= implied_steps.step
                or chosen.direction = 'in' and chosen.meets_state = implied_steps.from_state
            )
            and chosen.is_by_chain = 1
    union all
    select
        movement_type, document_type, direction, own_state,
        30, event_code, from_state, to_state
    from follow_ups

)

select
    movement_type,
    coalesce(document_type, '') as document_type,
    direction,
    own_state,
    row_number() over (
        partition by movement_type, coalesce(document_type, ''), direction, own_state
        order by step
    ) as step,
    event_code,
    from_state,
    to_state,
    step = max(case when step in (20, 30) then step end) over (
        partition by movement_type, coalesce(document_type, ''), direction, own_state
    ) as is_main
from steps
