-- Each step changes one thing and keeps the rest, so that the steps lead exactly from one margin to
-- the other, whatever is rounded on the way.
with

periods as (

    select
        company_id, fiscal_year, fiscal_period,
        row_number() over (partition by company_id order by fiscal_year, fiscal_period)
            as period_number
    from {{ ref('int_margin__line') }}
    where fiscal_year is not null and gross_margin_amount is not null
    group by company_id, fiscal_year, fiscal_period

),

weighed as (      -- quantities of one kind together: how much more was sold, whatever it was

    select
        pairs.*,
        periods.fiscal_year, periods.fiscal_period,
        earlier.fiscal_year as from_fiscal_year, earlier.fiscal_period as from_fiscal_period,
        cast(pairs.revenue_0 - pairs.cost_0 - pairs.landed_0 as decimal(18, 4)) as margin_0,
        {{ divide_exact('pairs.qty_1', 'pairs.qty_0', 8) }} as own_growth,
        {{ divide_exact('pairs.revenue_0', 'pairs.doc_0', 8, 4, 4) }} as rate_0,
        sum(pairs.qty_0) over (
            partition by pairs.company_id, pairs.period_number, pairs.line_kind
        ) as kind_qty_0,
        sum(pairs.qty_1) over (
            partition by pairs.company_id, pairs.period_number, pairs.line_kind
        ) as kind_qty_1,
        sum(pairs.cost_1) over (
            partition by pairs.company_id, pairs.period_number, pairs.item_id, pairs.line_kind
        ) as item_cost_1
    from {{ ref('int_margin__pair') }} as pairs
    inner join periods
        on
            pairs.company_id = periods.company_id
            and pairs.period_number = periods.period_number
    inner join periods as earlier
        on
            pairs.company_id = earlier.company_id
            and pairs.period_number = earlier.period_number + 1

),

valued as (      -- what the period would have cost by the method of the period before

    select
        weighed.*,
        {{ divide_exact('weighed.kind_qty_1', 'weighed.kind_qty_0', 8) }} as growth,
        cast(weighed.cost_1 + coalesce(round(
            gaps.gap_amount * {{ divide_exact('weighed.cost_1', 'weighed.item_cost_1', 8, 4, 4) }}, 4
        ), 0) as decimal(18, 4)) as old_method_cost
    from weighed
    left join {{ ref('int_margin__method_gap') }} as gaps
        on
            weighed.company_id = gaps.company_id
            and case when weighed.line_kind = 'goods' then weighed.item_id end = gaps.item_id
            and weighed.fiscal_year = gaps.fiscal_year
            and weighed.fiscal_period = gaps.fiscal_period
            and weighed.method_0 = gaps.compared_method

),

points as (      -- the amounts between which the steps lie

    select
        *,
        coalesce(round(margin_0 * growth, 4), margin_0) as grown,
        coalesce(round(revenue_0 * own_growth, 4), revenue_1) as old_price_revenue,
        coalesce(round(doc_1 * rate_0, 4), revenue_1) as old_rate_revenue,
        coalesce(round(cost_0 * own_growth, 4), old_method_cost) as old_unit_cost,
        coalesce(round(landed_0 * own_growth, 4), landed_1) as old_landed
    from valued

),

stacked as (

    select
        company_id, 'period' as comparison, fiscal_year, fiscal_period,
        from_fiscal_year, from_fiscal_period, '' as compared_method,
        item_id, line_kind, currency_doc,
        margin_0 as from_margin_amount,
        grown - margin_0 as volume_amount,
        old_price_revenue - old_unit_cost - old_landed - grown as mix_amount,
        old_rate_revenue - old_price_revenue as price_amount,
        old_unit_cost - old_method_cost as unit_cost_amount,
        old_landed - landed_1 as landed_cost_amount,
        old_method_cost - cost_1 as method_amount,
        revenue_1 - old_rate_revenue as fx_amount,
        revenue_1 - cost_1 - landed_1 as to_margin_amount
    from points
    union all
    select      -- the same sales by another method
        lines.company_id, 'method', lines.fiscal_year, lines.fiscal_period,
        lines.fiscal_year as from_fiscal_year, lines.fiscal_period as from_fiscal_period,
        gaps.compared_method, lines.item_id, 'goods', '',
        sum(lines.gross_margin_amount) - max(gaps.gap_amount),
        0, 0, 0, 0, 0, max(gaps.gap_amount), 0, sum(lines.gross_margin_amount)
    from {{ ref('int_margin__line') }} as lines
    inner join {{ ref('int_margin__method_gap') }} as gaps
        on
            lines.company_id = gaps.company_id
            and lines.item_id = gaps.item_id
            and lines.fiscal_year = gaps.fiscal_year
            and lines.fiscal_period = gaps.fiscal_period
    where lines.line_kind = 'goods' and lines.gross_margin_amount is not null
    group by
        lines.company_id, lines.fiscal_year, lines.fiscal_period, lines.item_id,
        gaps.compared_method

)

select
    stacked.company_id, stacked.comparison, stacked.fiscal_year, stacked.fiscal_period,
    stacked.from_fiscal_year, stacked.from_fiscal_period, stacked.compared_method,
    stacked.item_id, stacked.line_kind, stacked.currency_doc,
    cast(stacked.from_margin_amount as decimal(18, 4)) as from_margin_amount,
    cast(stacked.volume_amount as decimal(18, 4)) as volume_amount,
    cast(stacked.mix_amount as decimal(18, 4)) as mix_amount,
    cast(stacked.price_amount as decimal(18, 4)) as price_amount,
    cast(stacked.unit_cost_amount as decimal(18, 4)) as unit_cost_amount,
    cast(stacked.landed_cost_amount as decimal(18, 4)) as landed_cost_amount,
    cast(stacked.method_amount as decimal(18, 4)) as method_amount,
    cast(stacked.fx_amount as decimal(18, 4)) as fx_amount,
    cast(stacked.to_margin_amount as decimal(18, 4)) as to_margin_amount,
    run.as_of_at,
    run.watermark_at
from stacked
cross join {{ ref('int_control__run') }} as run
