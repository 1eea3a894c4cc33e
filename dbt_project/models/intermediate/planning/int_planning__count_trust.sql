-- Whose counts speak for an item at a place: those of its class there, else of the place, each if
-- there are enough of them; all of the company speak in any case.
with

ranked as (

    select
        stock.company_id,
        stock.item_id,
        stock.location_id,
        spreads.counts,
        spreads.accurate_counts,
        spreads.variance_sd,
        case
            when spreads.abc_class <> '' then 'class at the place'
            when spreads.location_id <> '' then 'place'
            else 'company'
        end as variance_basis,
        row_number() over (
            partition by stock.company_id, stock.item_id, stock.location_id
            order by
                case when spreads.abc_class <> '' then 0 else 1 end,
                case when spreads.location_id <> '' then 0 else 1 end
        ) as preference
    from {{ ref('int_planning__average_stock') }} as stock
    inner join {{ ref('int_master__item') }} as items
        on
            stock.company_id = items.company_id
            and stock.item_id = items.item_id
    inner join {{ ref('int_planning__count_spread') }} as spreads
        on
            stock.company_id = spreads.company_id
            and spreads.location_id in ('', stock.location_id)
            and spreads.abc_class in ('', coalesce(upper(items.abc_class), ''))
    cross join {{ ref('int_control__stock_setting') }} as settings
    where spreads.location_id = '' or spreads.counts >= settings.distrust_counts

)

select
    company_id,
    item_id,
    location_id,
    variance_basis,
    counts,
    accurate_counts,
    variance_sd
from ranked
where preference = 1
