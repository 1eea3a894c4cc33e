-- Versions of value events that held for a while and hold no more (ruling A17). One that only said
-- another quantity, item, time or price is the event that holds now with what it said; one that was
-- withdrawn, or went another way, is an event by its own states.
with

dated as (

    select * from {{ ref('int_valuation__known_version') }}
    where has_same_way

),

legs as (      -- what goes straight from one place to another is two events

    select dated.*, move_id as event_id
    from dated
    union all
    select dated.*, concat(move_id, '/there')
    from dated

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
    company_id, item_id, event_id, version_number,
    movement_id, movement_line, event_code, event_kind,
    posting_date, event_at, qty_base, amount, cost_source,
    linked_event_id, job_id, lot_number, location_id, is_on_the_way,
    known_at, replaced_at
from {{ ref('int_valuation__withdrawn_event') }}
