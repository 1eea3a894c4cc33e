-- What is kept because nobody quite believes the stock figure, in two parts (domain, section I):
--   accuracy = z x standard deviation of relative count variance x average stock
--   latency  = mean daily demand x days within which 95 of 100 events are seen
-- People at the place see what is recorded there; only where no system says when it wrote an event
-- down do deliveries to us stand for it, whose rhythm is our own.
with

run as (

    select * from {{ ref('int_control__run') }}

),

lags as (

    select
        company_id,
        location_id,
        greatest(p95_days, 0) as latency_days,
        lag_step as latency_basis,
        row_number() over (
            partition by company_id, location_id
            order by case lag_step when 'recorded' then 0 else 1 end
        ) as preference
    from {{ ref('int_control__site_lag') }}

),

placed as (

    select
        stock.company_id,
        stock.item_id,
        stock.location_id,
        greatest(stock.average_qty, 0) as average_stock_qty,
        coalesce(used.demand_mean_daily, 0) as demand_mean_daily,
        settings.distrust_z_pct
    from {{ ref('int_planning__average_stock') }} as stock
    left join {{ ref('int_planning__daily_use') }} as used
        on
            stock.company_id = used.company_id
            and stock.item_id = used.item_id
            and stock.location_id = used.location_id
    cross join {{ ref('int_control__stock_setting') }} as settings
    where stock.average_qty > 0 or used.demand_mean_daily > 0

),

parted as (      -- without a count, or a moment at which anything was seen, nobody can say

    select
        placed.*,
        trust.variance_basis,
        trust.counts,
        {{ divide_exact(
            'cast(100 * trust.accurate_counts as decimal(18, 0))',
            'cast(trust.counts as decimal(18, 0))', 2, from_scale=0, by_scale=0
        ) }} as accuracy_by_count_pct,
        trust.variance_sd,
        lags.latency_days,
        lags.latency_basis,
        cast(
            round(placed.distrust_z_pct * 0.01 * trust.variance_sd * placed.average_stock_qty, 6)
            as decimal(18, 6)
        ) as accuracy_buffer_qty,
        cast(round(placed.demand_mean_daily * lags.latency_days, 6) as decimal(18, 6))
            as latency_buffer_qty
    from placed
    left join {{ ref('int_planning__count_trust') }} as trust
        on
            placed.company_id = trust.company_id
            and placed.item_id = trust.item_id
            and placed.location_id = trust.location_id
    left join lags
        on
            placed.company_id = lags.company_id
            and placed.location_id = lags.location_id
            and lags.preference = 1

)

select
    parted.company_id,
    parted.item_id,
    parted.location_id,

    parted.accuracy_buffer_qty,
    parted.latency_buffer_qty,
    cast(
        coalesce(parted.accuracy_buffer_qty, 0) + coalesce(parted.latency_buffer_qty, 0)
        as decimal(18, 6)
    ) as distrust_buffer_qty,
    cast(round(parted.accuracy_buffer_qty * item_costs.unit_cost, 4) as decimal(18, 4))
        as accuracy_buffer_amount,
    cast(round(parted.latency_buffer_qty * item_costs.unit_cost, 4) as decimal(18, 4))
        as latency_buffer_amount,

    parted.average_stock_qty,
    parted.variance_sd,
    parted.distrust_z_pct as z_pct,
    parted.counts,
    parted.accuracy_by_count_pct,
    parted.variance_basis,
    parted.demand_mean_daily,
    parted.latency_days,
    parted.latency_basis,
    item_costs.unit_cost,
    concat(
        'accuracy: ', parted.distrust_z_pct, '% x ', coalesce(cast(parted.variance_sd as varchar), '?'),
        ' x ', parted.average_stock_qty, '; latency: ', parted.demand_mean_daily, ' a day x ',
        coalesce(cast(parted.latency_days as varchar), '?'), ' days'
    ) as formula,

    run.as_of_at,
    run.watermark_at
from parted
left join {{ ref('int_valuation__unit_cost') }} as item_costs
    on
        parted.company_id = item_costs.company_id
        and parted.item_id = item_costs.item_id
cross join run
