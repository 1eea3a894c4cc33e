select
    company_id,
    fiscal_year,
    fiscal_period,
    coalesce(item_id, '') as item_id,
    coalesce(party_id, '') as party_id,
    coalesce(channel, '') as channel,
    coalesce(location_id, '') as location_id,
    line_kind,

    count(*) as line_count,
    cast(sum(qty_base) as decimal(18, 6)) as qty_base,
    cast(sum(coalesce(revenue_amount, 0)) as decimal(18, 4)) as revenue_amount,
    cast(sum(case when is_unbilled then coalesce(revenue_amount, 0) else 0 end) as decimal(18, 4))
        as unbilled_amount,
    cast(
        sum(case when cogs_amount is null then coalesce(revenue_amount, 0) else 0 end)
        as decimal(18, 4)
    ) as uncosted_revenue_amount,
    -- what left without any price earns nothing yet: its cost stands apart
    cast(
        sum(case when revenue_amount is null then coalesce(cogs_amount, 0) else 0 end)
        as decimal(18, 4)
    ) as unpriced_cost_amount,
    cast(
        sum(case when revenue_amount is null then 0 else coalesce(cogs_amount, 0) end)
        as decimal(18, 4)
    ) as cogs_amount,
    cast(sum(coalesce(landed_cost_amount, 0)) as decimal(18, 4)) as landed_cost_amount,
    cast(sum(ledger_cogs_amount) as decimal(18, 4)) as ledger_cogs_amount,
    cast(sum(late_cost_amount) as decimal(18, 4)) as late_cost_amount,
    cast(sum(freight_amount) as decimal(18, 4)) as freight_amount,
    cast(sum(handling_amount) as decimal(18, 4)) as handling_amount,
    cast(sum(return_amount) as decimal(18, 4)) as return_amount,
    cast(sum(returned_cost_amount) as decimal(18, 4)) as returned_cost_amount,
    cast(sum(rebate_amount) as decimal(18, 4)) as rebate_amount,
    cast(sum(coalesce(gross_margin_amount, 0)) as decimal(18, 4)) as gross_margin_amount,
    cast(sum(coalesce(contribution_amount, 0)) as decimal(18, 4)) as contribution_amount,
    {{ divide_exact(
        'cast(sum(coalesce(gross_margin_amount, 0)) as decimal(18, 4))',
        'cast(sum(case when cogs_amount is not null then coalesce(revenue_amount, 0) else 0 end) '
        ~ 'as decimal(18, 4))',
        8, from_scale=4, by_scale=4
    ) }} as gross_margin_share,

    max(as_of_at) as as_of_at,
    max(watermark_at) as watermark_at
from {{ ref('fct_margin_line') }}
group by
    company_id, fiscal_year, fiscal_period, coalesce(item_id, ''), coalesce(party_id, ''),
    coalesce(channel, ''), coalesce(location_id, ''), line_kind
