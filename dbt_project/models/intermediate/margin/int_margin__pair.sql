-- Each item, kind of line and currency in a fiscal period beside the period before. Lines whose cost
-- nobody knows have no margin to compare.
with

totals as (

    select
        company_id, fiscal_year, fiscal_period,
        dense_rank() over (partition by company_id order by fiscal_year, fiscal_period) as period_number,
        coalesce(item_id, '') as item_id, line_kind, coalesce(currency_doc, '') as currency_doc,
        cast(sum(coalesce(qty_base, 0)) as decimal(18, 6)) as qty,
        cast(sum(revenue_amount) as decimal(18, 4)) as revenue,
        cast(sum(revenue_amount_doc) as decimal(18, 4)) as revenue_doc,
        cast(sum(cogs_amount - landed_cost_amount) as decimal(18, 4)) as cost,
        cast(sum(landed_cost_amount) as decimal(18, 4)) as landed,
        max(costing_method) as costing_method
    from {{ ref('int_margin__line') }}
    where fiscal_year is not null and gross_margin_amount is not null
    group by
        company_id, fiscal_year, fiscal_period, coalesce(item_id, ''), line_kind,
        coalesce(currency_doc, '')

),

sides as (      -- both sides of each comparison of a period with the one before

    select *, period_number as to_number, 1 as is_to from totals
    union all
    select *, period_number + 1, 0 from totals

)

select
    company_id, to_number as period_number, item_id, line_kind, currency_doc,
    cast(sum(case when is_to = 0 then qty else 0 end) as decimal(18, 6)) as qty_0,
    cast(sum(case when is_to = 1 then qty else 0 end) as decimal(18, 6)) as qty_1,
    cast(sum(case when is_to = 0 then revenue else 0 end) as decimal(18, 4)) as revenue_0,
    cast(sum(case when is_to = 1 then revenue else 0 end) as decimal(18, 4)) as revenue_1,
    cast(sum(case when is_to = 0 then revenue_doc else 0 end) as decimal(18, 4)) as doc_0,
    cast(sum(case when is_to = 1 then revenue_doc else 0 end) as decimal(18, 4)) as doc_1,
    cast(sum(case when is_to = 0 then cost else 0 end) as decimal(18, 4)) as cost_0,
    cast(sum(case when is_to = 1 then cost else 0 end) as decimal(18, 4)) as cost_1,
    cast(sum(case when is_to = 0 then landed else 0 end) as decimal(18, 4)) as landed_0,
    cast(sum(case when is_to = 1 then landed else 0 end) as decimal(18, 4)) as landed_1,
    min(case when is_to = 0 then costing_method end) as method_0
from sides
group by company_id, to_number, item_id, line_kind, currency_doc
