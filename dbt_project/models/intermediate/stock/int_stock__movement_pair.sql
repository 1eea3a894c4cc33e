{{ config(materialized='view') }}

-- The event of a row that gives both of its states. A `move` between two states is whatever event
-- joins them; any other movement type must know the pair itself.
select
    movement_type,
    from_state,
    to_state,
    min(event_code) as event_code
from {{ ref('movement_event') }}
where from_state not like 'EXT!_%' escape '!' and to_state not like 'EXT!_%' escape '!'
group by movement_type, from_state, to_state

union all

select
    'move' as movement_type,
    from_state,
    to_state,
    min(event_code) as event_code
from {{ ref('movement_event') }}
where
    from_state not like 'EXT!_%' escape '!'
    and to_state not like 'EXT!_%' escape '!'
    and from_state <> to_state
group by from_state, to_state
