-- Versions of moves of goods that held for a while and hold no more, with what they said and when they
-- were known: the first when it was recorded, any other when it was delivered.
with

versions as (

    select
        moves.*,
        told.has_same_way, told.posting_date, told.qty, told.given_unit_cost, told.given_cost_amount,
        told.transfer_id, told.linked_movement_id,
        row_number() over (
            partition by moves.company_id, moves.move_id order by moves.known_at, moves.superseded_at
        ) as version_number
    from {{ ref('int_stock__move_version') }} as moves
    inner join {{ ref('int_stock__superseded_movement') }} as told
        on
            moves.source_system = told.source_system
            and moves.company_id = told.company_id
            and moves.source_movement_id = told.source_movement_id
            and moves.source_movement_line = told.source_movement_line
            and moves.version_id = told.version_id
    where
        moves.superseded_at is not null
        and moves.move_id = concat_ws(
            '/', moves.source_system, moves.company_id, moves.source_movement_id,
            moves.source_movement_line
        )

),

deliveries as (      -- the first one tells of the past, which was known before

    select source_system, company_id, min(_delivered_at) as first_delivered_at
    from {{ ref('stg_wms__stock_movement_version') }}
    group by source_system, company_id

),

dated as (

    select
        versions.*,
        least(
            case
                when versions.version_number > 1 then versions.known_at
                when versions.recorded_at is not null then versions.recorded_at
                when versions.known_at > deliveries.first_delivered_at then versions.known_at
                else versions.event_at
            end,
            versions.superseded_at
        ) as version_known_at
    from versions
    inner join deliveries
        on
            versions.source_system = deliveries.source_system
            and versions.company_id = deliveries.company_id

)

select * from dated
