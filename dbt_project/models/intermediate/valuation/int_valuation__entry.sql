{{ config(materialized='view') }}

-- entries of the costing engine, with the moment of their event and who priced what it brought
with

entries as (

    select * from {{ ref('stg_computed__cost_entry') }}

),

events as (

    select company_id, event_id, event_at, cost_source
    from {{ ref('int_valuation__cost_event') }}
    where replaced_at is null

)

select
    entries.*,
    events.event_at,
    events.cost_source
from entries
left join events
    on
        entries.company_id = events.company_id
        and entries.event_id = events.event_id
