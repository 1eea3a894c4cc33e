with

run as (

    select * from {{ ref('int_control__run') }}

),

layers as (

    select * from {{ ref('int_valuation__layer') }}

)

select
    layers.company_id,
    layers.item_id,
    layers.cost_pool_id,
    layers.costing_method,
    layers.layer_number,
    layers.is_policy_method,
    layers.policy_id,
    layers.layer_id,
    layers.received_at,

    layers.qty_received,
    layers.qty_remaining,
    layers.unit_cost,
    layers.value_remaining,

    run.as_of_at,
    run.watermark_at
from layers
cross join run
