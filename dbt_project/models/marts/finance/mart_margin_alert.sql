-- Asked every day, not at the close (capability 28): the last weeks against the weeks before, and the
-- last day against what its own items earned before, so that a new cost shows on the day it comes.
with

settings as (

    select * from {{ ref('int_control__margin_setting') }}

),

lines as (

    select
        lines.company_id, coalesce(lines.item_id, '') as item_id,
        coalesce(lines.channel, '') as channel, lines.date,
        lines.revenue_amount, lines.gross_margin_amount,
        lines.date > companies.as_of_date - 7 * settings.recent_weeks * interval 1 day as is_recent,
        max(lines.date) over (partition by lines.company_id) as last_date,
        lines.as_of_at, lines.watermark_at
    from {{ ref('fct_margin_line') }} as lines
    inner join {{ ref('dim_company') }} as companies
        on lines.company_id = companies.company_id
    cross join settings
    where
        lines.line_kind = 'goods' and lines.gross_margin_amount is not null
        and lines.date <= companies.as_of_date
        and lines.date > companies.as_of_date
        - 7 * (settings.recent_weeks + settings.earlier_weeks) * interval 1 day

),

scopes as (

    select *, 'company' as scope, '' as scope_id from lines
    union all
    select *, 'item' as scope, item_id as scope_id from lines
    where item_id <> ''
    union all
    select *, 'channel' as scope, channel as scope_id from lines
    where channel <> ''

),

rolling as (

    select
        company_id, scope, scope_id, max(last_date) as last_date,
        max(as_of_at) as as_of_at, max(watermark_at) as watermark_at,
        sum(case when is_recent then revenue_amount else 0 end) as recent_revenue,
        sum(case when is_recent then gross_margin_amount else 0 end) as recent_margin,
        sum(case when is_recent then 0 else revenue_amount end) as earlier_revenue,
        sum(case when is_recent then 0 else gross_margin_amount end) as earlier_margin
    from scopes
    group by company_id, scope, scope_id

),

items as (      -- what each item earned before the last day

    select
        company_id, item_id,
        {{ divide_exact('cast(sum(gross_margin_amount) as decimal(18, 4))',
            'cast(sum(revenue_amount) as decimal(18, 4))', 8, from_scale=4, by_scale=4) }}
            as margin_share
    from lines
    where date < last_date
    group by company_id, item_id

),

newest as (

    select
        scopes.company_id, scopes.scope, scopes.scope_id,
        sum(scopes.revenue_amount) as revenue_amount,
        sum(scopes.gross_margin_amount) as margin_amount,
        sum(round(scopes.revenue_amount * items.margin_share, 4)) as expected_amount
    from scopes
    inner join items
        on
            scopes.company_id = items.company_id
            and scopes.item_id = items.item_id
    where scopes.date = scopes.last_date and items.margin_share is not null
    group by scopes.company_id, scopes.scope, scopes.scope_id

),

judged as (

    select
        company_id, scope, scope_id, 'weeks' as basis, last_date, as_of_at, watermark_at,
        recent_revenue as weight_amount,
        {{ divide_exact('cast(recent_margin as decimal(18, 4))',
            'cast(recent_revenue as decimal(18, 4))', 8, from_scale=4, by_scale=4) }}
            as margin_share,
        {{ divide_exact('cast(earlier_margin as decimal(18, 4))',
            'cast(earlier_revenue as decimal(18, 4))', 8, from_scale=4, by_scale=4) }}
            as earlier_margin_share
    from rolling
    union all
    select
        newest.company_id, newest.scope, newest.scope_id, 'day',
        rolling.last_date, rolling.as_of_at, rolling.watermark_at, rolling.recent_revenue,
        {{ divide_exact('cast(newest.margin_amount as decimal(18, 4))',
            'cast(newest.revenue_amount as decimal(18, 4))', 8, from_scale=4, by_scale=4) }},
        {{ divide_exact('cast(newest.expected_amount as decimal(18, 4))',
            'cast(newest.revenue_amount as decimal(18, 4))', 8, from_scale=4, by_scale=4) }}
    from newest
    inner join rolling
        on
            newest.company_id = rolling.company_id
            and newest.scope = rolling.scope
            and newest.scope_id = rolling.scope_id

)

select
    judged.company_id, judged.scope, judged.scope_id, judged.basis, judged.last_date,
    judged.margin_share,
    judged.earlier_margin_share,
    cast(judged.weight_amount as decimal(18, 4)) as recent_revenue_amount,
    {{ minor_unit('(judged.earlier_margin_share - judged.margin_share) * judged.weight_amount',
        'companies.currency_decimals') }} as shortfall_amount,
    judged.as_of_at,
    judged.watermark_at
from judged
inner join {{ ref('int_master__company') }} as companies
    on judged.company_id = companies.company_id
cross join settings
where
    (judged.earlier_margin_share - judged.margin_share) * 100 > settings.drop_points
    and (judged.earlier_margin_share - judged.margin_share) * judged.weight_amount
    > settings.drop_amount
