with

run as (

    select * from {{ ref('int_control__run') }}

),

entries as (

    select * from {{ ref('int_valuation__entry') }}

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
    entries.cost_source,

    entries.posting_date,
    entries.valuation_date,
    entries.event_at,
    run.as_of_at,
    run.watermark_at
from entries
cross join run
