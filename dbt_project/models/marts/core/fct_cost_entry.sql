with

run as (

    select * from {{ ref('int_control__run') }}

),

entries as (

    select * from {{ ref('stg_computed__cost_entry') }}

),

events as (

    select company_id, event_id, event_at, cost_source
    from {{ ref('int_valuation__cost_event') }}
    where replaced_at is null

)

select
    entries.company_id,
    entries.item_id,
    entries.cost_pool_id,
    entries.costing_method,
    entries.entry_number,
    entries.is_policy_method,
    entries.policy_id,
    entries.event_id,
    entries.event_code,
    entries.movement_id,
    entries.movement_line,
    entries.entry_kind,
    coalesce(entries.location_id, '') as location_id,
    coalesce(entries.lot_number, '') as lot_number,
    entries.layer_id,
    entries.caused_by_event_id,
    entries.caused_by_movement_id,
    entries.is_backdated_closed,

    entries.qty_base,
    entries.cost_amount,
    entries.cogs_amount,
    entries.unexplained_amount,
    entries.unit_cost,
    events.cost_source,

    entries.posting_date,
    entries.valuation_date,
    events.event_at,
    run.as_of_at,
    run.watermark_at
from entries
left join events
    on
        entries.company_id = events.company_id
        and entries.event_id = events.event_id
cross join run
