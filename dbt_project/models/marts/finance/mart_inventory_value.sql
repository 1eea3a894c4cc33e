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

ordered as (      -- what customers have agreed to pay says most of what goods will bring

    select
        lines.company_id,
        lines.item_id,
        {{ divide_exact('sum(lines.open_amount)', 'sum(lines.open_qty)', 8, from_scale=4) }} as unit_price
    from {{ ref('fct_open_order_line') }} as lines
    inner join {{ ref('int_master__item') }} as items
        on
            lines.company_id = items.company_id
            and lines.item_id = items.item_id
            and lines.uom = items.base_uom
    where lines.open_qty > 0 and lines.open_amount > 0
    group by lines.company_id, lines.item_id

),

grouped as (

    select
        positions.company_id, positions.item_id, positions.location_id,
        coalesce(positions.account_role, '') as account_role,
        cast(sum(positions.qty_base) as decimal(18, 6)) as qty_base,
        cast(sum(positions.value_amount) as decimal(18, 4)) as value_amount,
        cast(sum(case when positions.stock_state = 'DAMAGED' then positions.qty_base else 0 end) as decimal(18, 6))
            as damaged_qty,
        cast(sum(case
            when lots.expiry_date <= cast(run.as_of_at + settings.expiry_days * interval 1 day as date)
                then positions.qty_base
            else 0
        end) as decimal(18, 6)) as expiring_qty,
        max(positions.last_event_at) as last_event_at,
        count(*) - count(positions.value_amount) as unvalued
    from positions
    left join {{ ref('int_stock__lot_expiry') }} as lots
        on
            positions.company_id = lots.company_id
            and positions.item_id = lots.item_id
            and positions.lot_number = lots.lot_number
    cross join run
    cross join settings
    group by
        positions.company_id, positions.item_id, positions.location_id, coalesce(positions.account_role, '')

),

valued as (

    select
        grouped.*,
        coalesce(methods.costing_method, 'none') as costing_method,
        cast(coalesce(ordered.unit_price, prices.unit_price) - coalesce(prices.unit_selling_cost, 0) as decimal(20, 8))
            as nrv_unit_price,
        case when ordered.unit_price is not null then 'open orders' else prices.price_basis end as nrv_basis,
        coalesce(excess.cover_days > settings.excess_cover_days, false) as is_excess,
        {{ divide_exact('grouped.value_amount', 'grouped.qty_base', 8, from_scale=4) }} as unit_cost
    from grouped
    left join methods
        on grouped.company_id = methods.company_id and grouped.item_id = methods.item_id
    left join ordered
        on grouped.company_id = ordered.company_id and grouped.item_id = ordered.item_id
    left join {{ ref('int_margin__expected_price') }} as prices
        on grouped.company_id = prices.company_id and grouped.item_id = prices.item_id
    left join {{ ref('int_planning__excess') }} as excess
        on
            grouped.company_id = excess.company_id
            and grouped.item_id = excess.item_id
            and grouped.location_id = excess.location_id
    cross join settings

),

judged as (      -- the reason that weighs most comes first

    select
        valued.*,
        case
            when valued.nrv_unit_price < valued.unit_cost then 'price below cost'
            when valued.expiring_qty > 0 then 'expiry'
            when valued.damaged_qty > 0 then 'damaged'
            when valued.is_excess then 'excess over 12-month forecast'
            when valued.last_event_at < run.as_of_at - settings.idle_days * interval 1 day then 'no movement'
        end as nrv_reason
    from valued
    cross join run
    cross join settings

)

select
    judged.company_id,
    judged.item_id,
    judged.location_id,
    judged.account_role,
    judged.costing_method,

    judged.qty_base,
    judged.unit_cost,
    case when judged.unvalued = 0 then judged.value_amount end as value_amount,
    judged.damaged_qty,
    judged.expiring_qty,
    judged.nrv_unit_price,
    judged.nrv_basis,
    {{ minor_unit('judged.nrv_unit_price * judged.qty_base', 'companies.currency_decimals') }} as nrv_amount,
    judged.nrv_reason,
    judged.nrv_reason is not null as is_nrv_candidate,

    judged.last_event_at,
    run.as_of_at,
    run.watermark_at
from judged
inner join {{ ref('int_master__company') }} as companies
    on judged.company_id = companies.company_id
cross join run
