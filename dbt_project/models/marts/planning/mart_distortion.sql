with

run as (

    select * from {{ ref('int_control__run') }}

),

days as (

    select * from {{ ref('dim_calendar') }}

),

usual as (      -- what a day with stock asks for

    select
        company_id,
        item_id,
        location_id,
        sum(demand_qty) as demand_qty,
        count(*) as days
    from {{ ref('fct_demand') }}
    where not is_censored and coalesce(in_stock_share, 1) > 0
    group by company_id, item_id, location_id

),

demanded as (

    select
        demand.company_id,
        demand.item_id,
        demand.location_id,
        days.fiscal_year,
        days.fiscal_period,
        count(*) as line_days,
        sum(case when demand.in_stock_share = 0 then 1 else 0 end) as stockout_days,
        sum(case when demand.in_stock_share = 0 then demand.demand_qty else 0 end) as waited_qty,
        sum(demand.demand_qty) as demand_qty
    from {{ ref('fct_demand') }} as demand
    inner join days
        on
            demand.company_id = days.company_id
            and demand.date = days.date
    group by
        demand.company_id, demand.item_id, demand.location_id, days.fiscal_year,
        days.fiscal_period

),

measured as (

    select
        stock.company_id,
        stock.item_id,
        stock.location_id,
        stock.fiscal_year,
        stock.fiscal_period,
        stock.period_start_date,
        stock.period_end_date,
        {{ days_between('stock.period_start_date', 'stock.period_end_date') }} + 1 as period_days,
        cast(coalesce(demanded.line_days, 0) as bigint) as line_days,
        cast(coalesce(demanded.stockout_days, 0) as bigint) as stockout_days,
        -- an order that waited is not lost
        greatest(
            coalesce({{ divide_exact(
                'demanded.stockout_days * usual.demand_qty', 'usual.days', 6, by_scale=0
            ) }}, 0) - coalesce(demanded.waited_qty, 0), 0
        ) as lost_qty,
        greatest(
            stock.closing_qty - coalesce({{ divide_exact(
                'usual.demand_qty * covers.surplus_cover_days', 'usual.days', 6, by_scale=0
            ) }}, 0), 0
        ) as excess_qty,
        coalesce(shrunk.shrink_qty, 0) as shrink_qty
    from {{ ref('int_planning__period_stock') }} as stock
    inner join {{ ref('int_availability__cover') }} as covers
        using (company_id, item_id, location_id)
    left join usual
        using (company_id, item_id, location_id)
    left join demanded
        using (company_id, item_id, location_id, fiscal_year, fiscal_period)
    left join {{ ref('int_planning__shrink') }} as shrunk
        using (company_id, item_id, location_id, fiscal_year, fiscal_period)

),

priced as (      -- nothing lost costs nothing, whatever a unit is worth; an unknown price is not zero

    select
        measured.*,
        cast(
            case
                when measured.lost_qty = 0 then 0
                else measured.lost_qty * greatest(economics.unit_price - economics.unit_cost, 0)
            end as decimal(18, 4)
        ) as stockout_amount,
        cast(
            case
                when measured.excess_qty = 0 then 0
                else
                    measured.excess_qty * economics.unit_cost * reorders.holding_rate
                    * measured.period_days / 365
            end as decimal(18, 4)
        ) as overstock_amount,
        cast(
            case
                when measured.shrink_qty = 0 then 0 else measured.shrink_qty * economics.unit_cost
            end as decimal(18, 4)
        ) as shrink_amount
    from measured
    left join {{ ref('int_planning__economics') }} as economics
        using (company_id, item_id, location_id)
    left join {{ ref('int_planning__reorder_advice') }} as reorders
        using (company_id, item_id, location_id)

)

select
    priced.company_id,
    priced.item_id,
    priced.location_id,
    priced.fiscal_year,
    priced.fiscal_period,

    priced.line_days,
    priced.stockout_days,
    cast(priced.lost_qty as decimal(18, 6)) as lost_qty,
    cast(priced.excess_qty as decimal(18, 6)) as excess_qty,
    cast(priced.shrink_qty as decimal(18, 6)) as shrink_qty,
    priced.excess_qty > 0 as is_overstocked,

    priced.stockout_amount,
    priced.overstock_amount,
    priced.shrink_amount,
    priced.stockout_amount + priced.overstock_amount + priced.shrink_amount as total_amount,
    companies.currency,

    run.policy_version,
    run.as_of_at,
    run.watermark_at
from priced
inner join {{ ref('dim_company') }} as companies
    on priced.company_id = companies.company_id
cross join run
