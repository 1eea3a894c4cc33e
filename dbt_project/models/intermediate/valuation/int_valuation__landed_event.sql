-- Landed costs as they reach the books: an estimate with the receipt, a final cost as what it is more
-- or less than the estimate that it replaces (ruling A14), also where it drops a component of it.
with

parts as (

    select * from {{ ref('int_valuation__landed_part') }}

),

finals as (

    select
        company_id, source_system, landed_cost_id, replaces_landed_cost_id,
        min(cost_date) as cost_date,
        min(event_at) as event_at,
        min(known_at) as known_at
    from parts
    where replaces_landed_cost_id is not null
    group by company_id, source_system, landed_cost_id, replaces_landed_cost_id

),

stacked as (

    select
        company_id, source_system, landed_cost_id, component_line, component, cost_date, event_at,
        known_at, receipt_event_id, layer_event_id, item_id, location_id, lot_number, amount
    from parts
    union all
    select
        parts.company_id, parts.source_system, finals.landed_cost_id, parts.component_line,
        parts.component, finals.cost_date, finals.event_at, finals.known_at,
        parts.receipt_event_id, parts.layer_event_id, parts.item_id, parts.location_id,
        parts.lot_number, -parts.amount
    from finals
    inner join parts
        on
            finals.company_id = parts.company_id
            and finals.source_system = parts.source_system
            and finals.replaces_landed_cost_id = parts.landed_cost_id

)

select
    company_id,
    source_system,
    landed_cost_id,
    component_line,
    component,
    layer_event_id,
    min(cost_date) as posting_date,
    min(event_at) as event_at,
    min(known_at) as known_at,
    min(item_id) as item_id,
    min(location_id) as location_id,
    min(lot_number) as lot_number,
    cast(sum(amount) as decimal(18, 4)) as amount
from stacked
group by company_id, source_system, landed_cost_id, component_line, component, layer_event_id
having sum(amount) <> 0
