with

spans as (

    select * from {{ ref('int_policy__span') }}

),

decisions as (

    select * from {{ ref('stg_policy__lane') }}

)

select
    spans.company_id,
    decisions.from_location_id,
    decisions.to_location_id,
    decisions.lead_time_days,
    decisions.cost_per_unit,
    decisions.cost_per_shipment,
    decisions.capacity_units,
    spans.begins_on as valid_from,
    spans.ends_on as valid_to,
    spans.origin,
    spans.policy_id,
    spans.valid_from as policy_valid_from
from spans
inner join decisions
    on
        spans.policy_table = 'lane'
        and spans.source_system = decisions.source_system
        and spans.owner_company_id = decisions.company_id
        and spans.policy_id = concat_ws('|', decisions.from_location_id, decisions.to_location_id)
        and spans.valid_from = decisions.valid_from
