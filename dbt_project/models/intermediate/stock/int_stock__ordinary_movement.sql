{{ config(materialized='view') }}

with

readings as (

    select * from {{ ref('int_stock__movement_read') }}

),

rules as (

    select * from {{ ref('int_stock__movement_rule') }}

),

pairs as (

    select * from {{ ref('int_stock__movement_pair') }}

)

-- What each row would be, were it no reversal.
select
    readings.*,
    case when readings.direction = 'in' then 'out' else 'in' end as opposite_direction,
    rules.rule_document_type,
    coalesce(rules.event_code, pairs.event_code) as ordinary_event_code,
    coalesce(rules.from_state, case when pairs.event_code is not null then readings.pair_from_state end)
        as ordinary_from_state,
    coalesce(rules.to_state, case when pairs.event_code is not null then readings.pair_to_state end)
        as ordinary_to_state
from readings
left join rules
    on
        readings.rule_movement_type = rules.movement_type
        and rules.document_type = coalesce(readings.document_type, '')
        and readings.direction = rules.direction
        and readings.own_state = rules.own_state
left join pairs
    on
        readings.pair_movement_type = pairs.movement_type
        and readings.pair_from_state = pairs.from_state
        and readings.pair_to_state = pairs.to_state
