{{ config(materialized='view') }}

-- What a piece of an item may bring (domain B.8): the net price of the last weeks, else the list price
-- less the discount that its company gave on average; and what selling a piece took in those weeks.
with

run as (

    select * from {{ ref('int_control__run') }}

),

sold as (

    select
        lines.company_id,
        lines.item_id,
        cast(sum(lines.revenue_amount) as decimal(18, 4)) as revenue_amount,
        cast(sum(lines.qty_base) as decimal(18, 6)) as qty,
        cast(sum(lines.freight_amount + lines.handling_amount) as decimal(18, 4)) as selling_amount
    from {{ ref('int_margin__line') }} as lines
    cross join run
    cross join {{ ref('int_control__stock_setting') }} as settings
    where
        lines.line_kind = 'goods' and not lines.is_unbilled and lines.item_id is not null
        and lines.revenue_amount <> 0
        and lines.date > cast(run.as_of_at - settings.nrv_price_days * interval 1 day as date)
    group by lines.company_id, lines.item_id
    having sum(lines.qty_base) > 0 and sum(lines.revenue_amount) > 0

),

listed as (      -- a price for everybody, in base units; the lowest where there are several

    select
        prices.company_id,
        prices.item_id,
        min({{ divide_exact('prices.unit_price * prices.unit_bottom', 'prices.unit_top', 8, 14, 6) }})
            as unit_price
    from {{ ref('int_billing__price') }} as prices
    cross join run
    where
        prices.price_kind = 'list' and prices.unit_top is not null
        and prices.party_id is null and prices.price_group is null
        and cast(run.as_of_at as date) between prices.valid_from and prices.valid_to
    group by prices.company_id, prices.item_id

),

discounts as (

    select
        sold.company_id,
        {{ divide_exact('sum(sold.revenue_amount)', 'sum(cast(sold.qty * listed.unit_price as decimal(18, 4)))', 8, 4, 4) }}
            as paid_share
    from sold
    inner join listed
        on
            sold.company_id = listed.company_id
            and sold.item_id = listed.item_id
    group by sold.company_id

)

select
    items.company_id,
    items.item_id,
    coalesce(
        {{ divide_exact('sold.revenue_amount', 'sold.qty', 8, from_scale=4) }},
        cast(round(listed.unit_price * least(coalesce(discounts.paid_share, 1), 1), 8) as decimal(20, 8))
    ) as unit_price,
    coalesce({{ divide_exact('sold.selling_amount', 'sold.qty', 8, from_scale=4) }}, 0) as unit_selling_cost,
    case
        when sold.item_id is not null then 'net price of the last weeks'
        when listed.item_id is not null then 'list price less average discount'
    end as price_basis
from {{ ref('int_master__item') }} as items
left join sold
    on
        items.company_id = sold.company_id
        and items.item_id = sold.item_id
left join listed
    on
        items.company_id = listed.company_id
        and items.item_id = listed.item_id
left join discounts
    on items.company_id = discounts.company_id
where sold.item_id is not null or listed.item_id is not null
