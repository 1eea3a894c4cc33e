with

spans as (

    select * from {{ ref('int_policy__span') }}

),

rows_told as (

    select
        policy_id, item_id, valuation_class, location_id, costing_method, cost_pool, average_period,
        negative_stock, backdating, late_cost, returned_layer, rounding_residual, same_day_order,
        is_comparison, valid_from, source_system, company_id
    from {{ ref('stg_policy__valuation') }}
    union all
    select
        policy_id, item_id, valuation_class, location_id, costing_method, cost_pool, average_period,
        negative_stock, backdating, late_cost, returned_layer, rounding_residual, same_day_order,
        is_comparison, valid_from, source_system, company_id
    from {{ ref('policy_valuation') }}

)

select
    spans.company_id,
    spans.policy_id,
    coalesce(rows_told.item_id, '') as item_id,
    coalesce(rows_told.valuation_class, '') as valuation_class,
    coalesce(rows_told.location_id, '') as location_id,
    rows_told.costing_method,
    rows_told.cost_pool,
    coalesce(rows_told.average_period, 'month') as average_period,
    rows_told.negative_stock,
    rows_told.backdating,
    rows_told.late_cost,
    rows_told.returned_layer,
    rows_told.rounding_residual,
    rows_told.same_day_order,
    coalesce(rows_told.is_comparison, false) as is_comparison,
    spans.begins_on as valid_from,
    spans.ends_on as valid_to,
    spans.origin,
    spans.valid_from as policy_valid_from
from spans
inner join rows_told
    on
        spans.policy_table = 'valuation'
        and spans.source_system = rows_told.source_system
        and spans.owner_company_id = rows_told.company_id
        and spans.policy_id = rows_told.policy_id
        and spans.valid_from = rows_told.valid_from
