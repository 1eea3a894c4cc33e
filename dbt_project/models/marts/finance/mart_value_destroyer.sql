-- What earned less than nothing in a period, and why: how far price, cost, freight and returns lie
-- from what the same revenue earns in the whole company. The four add up to the shortfall. A unit
-- cost above the item's own average over all periods is cost; the rest below revenue is price.
with

lines as (

    select
        *,
        cogs_amount + late_cost_amount as cost_amount,
        freight_amount + handling_amount as delivery_amount,
        return_amount - returned_cost_amount + rebate_amount as given_back_amount
    from {{ ref('fct_margin_line') }}
    where contribution_amount is not null and fiscal_year is not null

),

units as (

    select
        company_id, item_id,
        {{ divide_exact('cast(sum(cost_amount) as decimal(18, 4))',
            'cast(sum(qty_base) as decimal(18, 6))', 8, from_scale=4) }} as unit_cost
    from lines
    where line_kind = 'goods' and revenue_amount <> 0
    group by company_id, item_id

),

averages as (

    select
        company_id,
        {{ divide_exact('cast(sum(cost_amount) as decimal(18, 4))',
            'cast(sum(revenue_amount) as decimal(18, 4))', 8, from_scale=4, by_scale=4) }}
            as cost_share,
        {{ divide_exact('cast(sum(delivery_amount) as decimal(18, 4))',
            'cast(sum(revenue_amount) as decimal(18, 4))', 8, from_scale=4, by_scale=4) }}
            as delivery_share,
        {{ divide_exact('cast(sum(given_back_amount) as decimal(18, 4))',
            'cast(sum(revenue_amount) as decimal(18, 4))', 8, from_scale=4, by_scale=4) }}
            as given_back_share
    from lines
    group by company_id

),

weighed as (

    select
        lines.*,
        case
            when lines.line_kind = 'goods' and lines.revenue_amount <> 0
                then round(coalesce(units.unit_cost * lines.qty_base, lines.cost_amount), 4)
            else lines.cost_amount
        end as usual_cost_amount
    from lines
    left join units
        on
            lines.company_id = units.company_id
            and lines.item_id = units.item_id

),

dimensions as (

    select *, 'item' as dimension, item_id as dimension_id from weighed
    union all
    select *, 'customer' as dimension, party_id as dimension_id from weighed
    union all
    select *, 'channel' as dimension, channel as dimension_id from weighed

),

grouped as (

    select
        company_id, fiscal_year, fiscal_period, dimension, dimension_id,
        cast(sum(revenue_amount) as decimal(18, 4)) as revenue_amount,
        cast(sum(contribution_amount) as decimal(18, 4)) as contribution_amount,
        cast(sum(cost_amount) as decimal(18, 4)) as cost_amount,
        cast(sum(usual_cost_amount) as decimal(18, 4)) as usual_cost_amount,
        cast(sum(delivery_amount) as decimal(18, 4)) as delivery_amount,
        cast(sum(given_back_amount) as decimal(18, 4)) as given_back_amount,
        max(as_of_at) as as_of_at, max(watermark_at) as watermark_at
    from dimensions
    where dimension_id is not null and dimension_id <> ''
    group by company_id, fiscal_year, fiscal_period, dimension, dimension_id
    having sum(contribution_amount) < 0

),

driven as (

    select
        grouped.*,
        cast(
            grouped.usual_cost_amount - round(grouped.revenue_amount * coalesce(averages.cost_share, 0), 4)
            as decimal(18, 4)
        ) as price_amount,
        cast(grouped.cost_amount - grouped.usual_cost_amount as decimal(18, 4)) as unit_cost_amount,
        cast(
            grouped.delivery_amount - round(grouped.revenue_amount * coalesce(averages.delivery_share, 0), 4)
            as decimal(18, 4)
        ) as freight_amount,
        cast(
            grouped.given_back_amount
            - round(grouped.revenue_amount * coalesce(averages.given_back_share, 0), 4)
            as decimal(18, 4)
        ) as returns_amount
    from grouped
    inner join averages
        on grouped.company_id = averages.company_id

)

select
    company_id, fiscal_year, fiscal_period, dimension, dimension_id,
    row_number() over (
        partition by company_id, fiscal_year, fiscal_period, dimension
        order by contribution_amount, dimension_id
    ) as loss_rank,
    revenue_amount,
    cast(-contribution_amount as decimal(18, 4)) as loss_amount,
    price_amount, unit_cost_amount, freight_amount, returns_amount,
    case greatest(price_amount, unit_cost_amount, freight_amount, returns_amount)
        when price_amount then 'price'
        when unit_cost_amount then 'cost'
        when freight_amount then 'freight'
        else 'returns'
    end as driver,
    as_of_at,
    watermark_at
from driven
