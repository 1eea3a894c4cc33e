with

run as (

    select * from {{ ref('int_control__run') }}

),

quantiles as (

    select * from {{ ref('int_planning__forecast') }}
    where is_protection_interval and quantile >= 0.5

),

costs as (

    select
        company_id,
        item_id,
        location_id,
        unit_cost
    from {{ ref('int_planning__economics') }}

),

orders as (

    select * from {{ ref('int_planning__order_quantity') }}

),

valued as (      -- what lies above the mean is there for safety

    select
        quantiles.company_id,
        quantiles.quantile as service_share,
        case
            when quantiles.forecast_qty > quantiles.forecast_mean
                then quantiles.forecast_qty - quantiles.forecast_mean
            else 0
        end as safety_qty,
        orders.safety_stock,
        costs.unit_cost
    from quantiles
    left join costs
        on
            quantiles.company_id = costs.company_id
            and quantiles.item_id = costs.item_id
            and quantiles.location_id = costs.location_id
    left join orders
        on
            quantiles.company_id = orders.company_id
            and quantiles.item_id = orders.item_id
            and quantiles.location_id = orders.location_id

)

select
    valued.company_id,
    valued.service_share,

    count(*) as lines,
    count(valued.unit_cost) as lines_with_cost,
    cast(
        sum(cast(valued.safety_qty as decimal(28, 6)) * valued.unit_cost)
        as decimal(18, 4)
    ) as safety_stock_value_amount,
    cast(
        sum(cast(valued.safety_stock as decimal(28, 6)) * valued.unit_cost)
        as decimal(18, 4)
    ) as held_by_policy_value_amount,
    min(companies.currency) as currency,
    run.policy_version,
    run.as_of_at,
    run.watermark_at
from valued
inner join {{ ref('dim_company') }} as companies
    on valued.company_id = companies.company_id
cross join run
group by
    valued.company_id, valued.service_share, run.policy_version, run.as_of_at, run.watermark_at
