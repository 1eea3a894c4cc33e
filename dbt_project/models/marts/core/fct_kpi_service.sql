-- What adds up to the measures of service and of the forecast, by the day that each is counted on.
with

filled as (

    select
        company_id, promised_date as date, party_id, channel,
        count(*) as line_count,
        sum(case when is_filled then 1 else 0 end) as filled_count,
        sum(filled_qty) as filled_qty,
        sum(ordered_qty) as ordered_qty
    from {{ ref('fct_order_fill') }}
    group by company_id, promised_date, party_id, channel

),

orders as (      -- an order is due with the last of its lines

    select
        company_id, order_id, party_id, channel,
        max(promised_date) as date,
        min(case when is_filled then 1 else 0 end) as is_filled
    from {{ ref('fct_order_fill') }}
    group by company_id, order_id, party_id, channel

),

filled_orders as (

    select
        company_id, date, party_id, channel,
        count(*) as order_count,
        sum(is_filled) as filled_count
    from orders
    group by company_id, date, party_id, channel

),

demanded as (

    select
        company_id, date, location_id,
        sum(case when in_stock_share = 0 and demand_qty > 0 then 1 else 0 end) as empty_count,
        count(in_stock_share) as day_count
    from {{ ref('fct_demand') }}
    group by company_id, date, location_id

),

forecast as (

    select
        company_id, origin_date as date,
        sum(absolute_error_qty) as error_qty,
        sum(bias_qty) as bias_qty,
        sum(demand_qty) as demand_qty,
        count(*) as row_count
    from {{ ref('int_planning__accuracy') }}
    where is_champion and volume <> 'all'
    group by company_id, origin_date

),

stacked as (

    select
        'fill_rate_unit' as kpi_code, company_id, date, null as location_id, party_id, channel,
        cast(filled_qty as decimal(24, 6)) as numerator,
        cast(ordered_qty as decimal(24, 6)) as denominator, line_count as row_count
    from filled
    union all
    select
        'fill_rate_line', company_id, date, null, party_id, channel,
        cast(filled_count as decimal(24, 6)), cast(line_count as decimal(24, 6)), line_count
    from filled
    union all
    select
        'fill_rate_order', company_id, date, null, party_id, channel,
        cast(filled_count as decimal(24, 6)), cast(order_count as decimal(24, 6)), order_count
    from filled_orders
    union all
    select
        'stockout', company_id, date, location_id, null, null,
        cast(empty_count as decimal(24, 6)), cast(day_count as decimal(24, 6)), day_count
    from demanded
    union all
    select
        'forecast_error', company_id, date, null, null, null,
        cast(error_qty as decimal(24, 6)), cast(demand_qty as decimal(24, 6)), row_count
    from forecast
    union all
    select
        'forecast_bias', company_id, date, null, null, null,
        cast(bias_qty as decimal(24, 6)), cast(demand_qty as decimal(24, 6)), row_count
    from forecast

)

select
    stacked.company_id, stacked.kpi_code, stacked.date, coalesce(stacked.location_id, '') as location_id,
    coalesce(stacked.party_id, '') as party_id, coalesce(stacked.channel, '') as channel,
    stacked.numerator, stacked.denominator,
    cast(stacked.row_count as bigint) as row_count, run.as_of_at, run.watermark_at
from stacked
cross join {{ ref('int_control__run') }} as run
