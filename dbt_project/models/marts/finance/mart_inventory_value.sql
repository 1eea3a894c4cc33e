with

positions as (

    select * from {{ ref('fct_stock_position') }}
    where is_valued

),

methods as (      -- the method that values most of an item's pools

    select company_id, item_id, min(costing_method) as costing_method
    from {{ ref('fct_cost_layer') }}
    where is_policy_method
    group by company_id, item_id

),

settings as (

    select * from {{ ref('int_control__stock_setting') }}

),

run as (

    select * from {{ ref('int_control__run') }}

),

prices as (      -- net price of the last weeks before as-of (domain B.8)

    select
        lines.company_id,
        lines.item_id,
        {{ divide_exact('sum(lines.actual_amount)', 'sum(lines.actual_qty)', 8, from_scale=4) }}
            as unit_price
    from {{ ref('fct_invoice_line') }} as lines
    cross join run
    cross join settings
    where
        lines.line_kind = 'goods' and lines.invoice_type = 'invoice' and not lines.is_cancelled
        and lines.actual_qty > 0
        and lines.posting_date > cast(run.as_of_at - settings.nrv_price_days * interval 1 day as date)
    group by lines.company_id, lines.item_id

),

grouped as (

    select
        company_id, item_id, location_id, coalesce(account_role, '') as account_role,
        cast(sum(qty_base) as decimal(18, 6)) as qty_base,
        cast(sum(value_amount) as decimal(18, 4)) as value_amount,
        cast(sum(case when stock_state = 'DAMAGED' then qty_base else 0 end) as decimal(18, 6))
            as damaged_qty,
        max(last_event_at) as last_event_at,
        count(*) - count(value_amount) as unvalued
    from positions
    group by company_id, item_id, location_id, coalesce(account_role, '')

),

valued as (

    select
        grouped.*,
        coalesce(methods.costing_method, 'none') as costing_method,
        prices.unit_price as nrv_unit_price,
        {{ divide_exact('grouped.value_amount', 'grouped.qty_base', 8, from_scale=4) }} as unit_cost
    from grouped
    left join methods
        on
            grouped.company_id = methods.company_id
            and grouped.item_id = methods.item_id
    left join prices
        on
            grouped.company_id = prices.company_id
            and grouped.item_id = prices.item_id

)

select
    valued.company_id,
    valued.item_id,
    valued.location_id,
    valued.account_role,
    valued.costing_method,

    valued.qty_base,
    valued.unit_cost,
    case when valued.unvalued = 0 then valued.value_amount end as value_amount,
    valued.damaged_qty,
    valued.nrv_unit_price,
    cast(round(valued.nrv_unit_price * valued.qty_base, 2) as decimal(18, 4)) as nrv_amount,
    case
        when valued.nrv_unit_price < valued.unit_cost then 'price below cost'
        when valued.damaged_qty > 0 then 'damaged'
        when valued.last_event_at < run.as_of_at - settings.idle_days * interval 1 day then 'no movement'
    end as nrv_reason,
    coalesce(
        valued.nrv_unit_price < valued.unit_cost or valued.damaged_qty > 0
        or valued.last_event_at < run.as_of_at - settings.idle_days * interval 1 day,
        false
    ) as is_nrv_candidate,

    valued.last_event_at,
    run.as_of_at,
    run.watermark_at
from valued
cross join settings
cross join run
