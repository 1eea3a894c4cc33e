-- Versions of value events that held for a while and hold no more (ruling A17). One that only said
-- another quantity, item, time or price is the event that holds now with what it said; one that was
-- withdrawn, or went another way, is an event by its own states. The first version was known when it
-- was recorded, any other when it was delivered.
with

versions as (

    select
        moves.*,
        told.has_same_way, told.posting_date, told.qty, told.given_unit_cost, told.given_cost_amount,
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

),

legs as (      -- what goes straight from one place to another is two events

    select dated.*, move_id as event_id
    from dated
    where has_same_way
    union all
    select dated.*, concat(move_id, '/there')
    from dated
    where has_same_way

),

withdrawn as (

    select
        dated.*,
        from_states.is_pooled and dated.from_owner = dated.company_id as is_from_pool,
        to_states.is_pooled and dated.to_owner = dated.company_id as is_to_pool
    from dated
    inner join {{ ref('stock_state') }} as from_states
        on dated.from_state = from_states.stock_state
    inner join {{ ref('stock_state') }} as to_states
        on dated.to_state = to_states.stock_state
    where not dated.has_same_way

)

select
    goods.company_id, legs.item_id, goods.event_id, legs.version_number,
    goods.movement_id, goods.movement_line, goods.event_code, goods.event_kind,
    legs.posting_date, legs.event_at,
    case when goods.qty_base = 0 then goods.qty_base else legs.qty_base end as qty_base,
    cast(case
        when goods.amount is null then null
        when legs.given_cost_amount is not null then abs(legs.given_cost_amount)
        when legs.given_unit_cost is not null then legs.given_unit_cost * abs(legs.qty)
        else {{ divide_exact('goods.amount * legs.qty_base', 'goods.qty_base', 4, from_scale=10) }}
    end as decimal(18, 4)) as amount,
    goods.cost_source, goods.linked_event_id, goods.job_id, goods.lot_number, goods.location_id,
    goods.is_on_the_way,
    legs.version_known_at as known_at, legs.superseded_at as replaced_at
from legs
inner join {{ ref('int_valuation__goods_event') }} as goods
    on
        legs.company_id = goods.company_id
        and legs.event_id = goods.event_id

union all

select
    company_id, item_id, move_id, version_number,
    source_movement_id, source_movement_line, event_code,
    case
        when is_to_pool and event_code = 'E00' then 'opening'
        when is_to_pool and event_code in ('E05', 'E46') then 'receipt'
        when is_to_pool and event_code = 'E29' then 'return_in'
        when is_to_pool then 'count_in'
        when event_code in ('E32', 'E36') then 'scrap'
        when event_code in ('E27', 'E37', 'E40') then 'count_out'
        when event_code = 'E09' then 'return_out'
        else 'issue'
    end,
    posting_date, event_at, qty_base,
    cast(case
        when is_to_pool then coalesce(abs(given_cost_amount), given_unit_cost * abs(qty))
    end as decimal(18, 4)),
    null, '', '', coalesce(lot_number, ''),
    coalesce(case when is_to_pool then to_location_id else from_location_id end, ''),
    false,
    version_known_at, superseded_at
from withdrawn
where is_from_pool <> is_to_pool
