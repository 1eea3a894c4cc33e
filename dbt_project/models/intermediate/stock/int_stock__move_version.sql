{{ config(materialized='view') }}

-- What each move was known as, and from when until when. A version that went the same way as the row
-- that holds now is the same move with its own quantity, item and time; of one that was withdrawn,
-- or that went another way, the rule of its kind says where it went.
with

moves as (

    select * from {{ ref('int_stock__move') }}

),

superseded as (

    select * from {{ ref('int_stock__superseded_movement') }}

),

statuses as (

    select * from {{ ref('stock_status') }}

),

corrected as (

    select
        moves.company_id, moves.move_id, superseded.version_id, moves.event_code,
        coalesce(superseded.item_id, moves.item_id) as item_id,
        superseded.lot_number, superseded.serial_number,
        {{ divide_exact('moves.qty_base * abs(superseded.qty)', 'abs(superseded.current_qty)', 6, from_scale=12) }}
            as qty_base,
        moves.from_location_id, moves.from_state, moves.from_owner,
        moves.to_location_id, moves.to_state, moves.to_owner,
        moves.source_system, moves.source_movement_id, moves.source_movement_line,
        superseded.event_at, superseded.event_date, superseded.recorded_at,
        superseded.known_at, superseded.superseded_at
    from superseded
    inner join moves
        on
            superseded.has_same_way
            and moves.source_feed = 'movement'
            and superseded.source_system = moves.source_system
            and superseded.company_id = moves.company_id
            and superseded.source_movement_id = moves.source_movement_id
            and superseded.source_movement_line = moves.source_movement_line

),

withdrawn as (

    select
        superseded.*,
        statuses.stock_state as own_state,
        coalesce(pairs.event_code, rules.event_code) as event_code,
        coalesce(pairs.from_state, rules.from_state) as from_state,
        coalesce(pairs.to_state, rules.to_state) as to_state
    from superseded
    inner join statuses
        on superseded.stock_status = statuses.stock_status
    left join statuses as from_statuses
        on superseded.from_stock_status = from_statuses.stock_status
    left join {{ ref('int_stock__movement_pair') }} as pairs
        on
            superseded.movement_type = pairs.movement_type
            and from_statuses.stock_state = pairs.from_state
            and statuses.stock_state = pairs.to_state
    left join {{ ref('int_stock__movement_rule') }} as rules
        on
            case when superseded.from_stock_status is null then superseded.movement_type end = rules.movement_type
            and rules.document_type = ''
            and superseded.direction = rules.direction
            and statuses.stock_state = rules.own_state
    where not superseded.has_same_way and superseded.item_id is not null

)

select
    company_id, move_id, '' as version_id, event_code, item_id, lot_number, serial_number, qty_base,
    from_location_id, from_state, from_owner, to_location_id, to_state, to_owner,
    source_system, source_movement_id, source_movement_line,
    event_at, event_date, recorded_at,
    known_at, cast(null as timestamp with time zone) as superseded_at
from moves

union all

select
    company_id, move_id, version_id, event_code, item_id, lot_number, serial_number, qty_base,
    from_location_id, from_state, from_owner, to_location_id, to_state, to_owner,
    source_system, source_movement_id, source_movement_line,
    event_at, event_date, recorded_at,
    known_at, superseded_at
from corrected

union all

select
    company_id,
    concat_ws('/', source_system, company_id, source_movement_id, source_movement_line),
    version_id, event_code, item_id, lot_number, serial_number, abs(given_qty_base),
    case when from_state not like 'EXT!_%' escape '!' then location_id end, from_state,
    case when from_state not like 'EXT!_%' escape '!' then company_id end,
    case when to_state not like 'EXT!_%' escape '!' then location_id end, to_state,
    case when to_state not like 'EXT!_%' escape '!' then company_id end,
    source_system, source_movement_id, source_movement_line,
    event_at, event_date, recorded_at,
    known_at, superseded_at
from withdrawn
where event_code is not null and given_qty_base is not null
