-- Every event that changes what stock is worth, as the costing engine reads it. The engine sets the
-- order; no row here depends on another one's result.
with

superseded as (

    select * from {{ ref('int_valuation__superseded_event') }}

),

versions as (

    select company_id, event_id, max(version_number) as versions, max(replaced_at) as replaced_at
    from superseded
    group by company_id, event_id

),

events as (      -- a changed version was known when it was delivered (ruling A17)

    select
        goods.company_id, goods.item_id, goods.event_id,
        coalesce(versions.versions, 0) + 1 as version_number,
        goods.movement_id, goods.movement_line, goods.event_code, goods.event_kind,
        goods.posting_date, goods.event_at, goods.qty_base, goods.amount, goods.cost_source,
        goods.linked_event_id, goods.job_id, goods.lot_number, goods.location_id, goods.is_on_the_way,
        coalesce(versions.replaced_at, goods.known_at) as known_at,
        cast(null as timestamp with time zone) as replaced_at
    from {{ ref('int_valuation__goods_event') }} as goods
    left join versions
        on
            goods.company_id = versions.company_id
            and goods.event_id = versions.event_id
    union all
    select
        company_id, item_id, event_id, version_number,
        movement_id, movement_line, event_code, event_kind,
        posting_date, event_at, qty_base, amount, cost_source,
        linked_event_id, job_id, lot_number, location_id, is_on_the_way,
        known_at, replaced_at
    from superseded
    union all
    select
        company_id, item_id, event_id, 1,
        movement_id, movement_line, event_code, event_kind,
        posting_date, event_at, qty_base, amount, cost_source,
        linked_event_id, '', lot_number, location_id, false,
        known_at, null
    from {{ ref('int_valuation__paper_event') }}

),

last_costs as (

    select * from {{ ref('int_valuation__known_cost') }}
    where cost_type = 'last'

),

standards as (

    select * from {{ ref('int_valuation__known_cost') }}
    where cost_type = 'standard'

)

select
    events.company_id,
    events.item_id,
    events.event_id,
    events.version_number,
    events.movement_id,
    events.movement_line,
    events.event_code,
    events.event_kind,
    events.posting_date,
    events.event_at,
    events.qty_base,
    events.amount,
    coalesce(last_costs.unit_cost, standards.unit_cost) as known_unit_cost,
    events.cost_source,
    events.linked_event_id,
    events.job_id,
    events.lot_number,
    events.location_id,
    events.is_on_the_way,
    events.known_at,
    events.replaced_at
from events
left join last_costs
    on
        events.company_id = last_costs.company_id
        and events.item_id = last_costs.item_id
        and events.posting_date between last_costs.valid_from and last_costs.valid_to
left join standards
    on
        events.company_id = standards.company_id
        and events.item_id = standards.item_id
        and events.posting_date between standards.valid_from and standards.valid_to
