with

spans as (

    select * from {{ ref('int_policy__span') }}

),

decisions as (

    select
        source_system,
        company_id,
        coalesce(item_id, '') as item_id,
        coalesce(abc_class, '') as abc_class,
        coalesce(location_id, '') as location_id,
        service_target,
        service_kind,
        review_days,
        holding_rate,
        order_cost,
        stockout_cost,
        unmet_demand,
        max_cover_days,
        valid_from
    from {{ ref('stg_policy__replenishment') }}
    union all
    select
        source_system,
        company_id,
        coalesce(item_id, '') as item_id,
        coalesce(abc_class, '') as abc_class,
        coalesce(location_id, '') as location_id,
        service_target,
        service_kind,
        review_days,
        holding_rate,
        order_cost,
        stockout_cost,
        unmet_demand,
        max_cover_days,
        valid_from
    from {{ ref('policy_replenishment') }}

)

select
    spans.company_id,
    decisions.item_id,
    decisions.abc_class,
    decisions.location_id,
    decisions.service_target,
    decisions.service_kind,
    decisions.review_days,
    decisions.holding_rate,
    decisions.order_cost,
    decisions.stockout_cost,
    decisions.unmet_demand,
    decisions.max_cover_days,
    spans.begins_on as valid_from,
    spans.ends_on as valid_to,
    spans.origin,
    spans.policy_id,
    spans.valid_from as policy_valid_from
from spans
inner join decisions
    on
        spans.policy_table = 'replenishment'
        and spans.source_system = decisions.source_system
        and spans.owner_company_id = decisions.company_id
        and spans.policy_id = concat_ws(
            '|', decisions.item_id,
            decisions.abc_class,
            decisions.location_id
        )
        and spans.valid_from = decisions.valid_from
