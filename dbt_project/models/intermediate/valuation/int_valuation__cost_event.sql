-- Every event that changes what stock is worth, as the costing engine reads it. The engine sets the
-- order; no row here depends on another one's result.
with

events as (

    select
        company_id, item_id, event_id, movement_id, movement_line, event_code, event_kind,
        posting_date, event_at, qty_base, amount, cost_source, linked_event_id, job_id,
        lot_number, location_id, is_on_the_way, known_at
    from {{ ref('int_valuation__goods_event') }}
    union all
    select
        company_id, item_id, event_id, movement_id, movement_line, event_code, event_kind,
        posting_date, event_at, qty_base, amount, cost_source, linked_event_id, '',
        lot_number, location_id, false, known_at
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
    1 as version_number,
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
    cast(null as timestamp with time zone) as replaced_at
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
