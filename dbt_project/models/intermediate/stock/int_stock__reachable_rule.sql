{{ config(materialized='view') }}

with

rules as (

    select * from {{ ref('movement_event') }}

),

implied_steps as (

    select * from {{ ref('implied_step') }}

),

out_steps as (

    select
        *,
        max(step) over (partition by own_state) as last_step
    from implied_steps
    where direction = 'out'

),

chains as (      -- a shipment's implied steps end where its rule begins; a receipt's begin where it ends

    select
        direction, own_state,
        to_state as meets_state,
        step as meets_step,
        step = last_step as is_whole
    from out_steps
    union all
    select
        direction, own_state,
        from_state, 0, true
    from implied_steps
    where direction = 'in'

),

spoken as (      -- the rules that a row of one side may invoke, and the state that it then names

    select *, 'in' as direction, to_state as own_state
    from rules
    where side_in
    union all
    select *, 'out' as direction, from_state as own_state
    from rules
    where side_out

),

reachable as (

    select
        movement_type, document_type, direction, own_state,
        event_code, from_state, to_state, own_state as meets_state, 0 as meets_step, 0 as is_by_chain
    from spoken
    union all
    select
        spoken.movement_type, spoken.document_type, spoken.direction, chains.own_state,
        spoken.event_code, spoken.from_state, spoken.to_state, chains.meets_state, chains.meets_step, 1
    from spoken
    inner join chains
        on
            spoken.direction = chains.direction
            and spoken.own_state = chains.meets_state
            -- what is picked or packed from the shelf was reserved and picked before; nothing else
            -- begins in the middle of a chain
            and (chains.is_whole or spoken.event_code in (select event_code from out_steps))

)

-- A rule that names the state itself goes before one that is reached by steps.
select
    movement_type,
    document_type,
    direction,
    own_state,
    event_code,
    from_state,
    to_state,
    meets_state,
    meets_step,
    is_by_chain
from (
    select
        *,
        row_number() over (
            partition by movement_type, document_type, direction, own_state
            order by is_by_chain, event_code, from_state, to_state
        ) as preference
    from reachable
) as ranked
where preference = 1
