-- Stock beyond what the limit of its policy allows at the pace that is forecast.
with

idle as (

    select * from {{ ref('int_planning__idle') }}
    where held_qty > 0

),

outlooks as (      -- the longest horizon says most about the pace to come

    select
        company_id,
        item_id,
        location_id,
        forecast_mean,
        horizon_days,
        row_number() over (
            partition by company_id, item_id, location_id
            order by horizon_days desc, quantile asc
        ) as preference
    from {{ ref('int_planning__forecast') }}

),

forecast_companies as (      -- without any forecast nobody can say what is too much

    select distinct company_id from {{ ref('int_planning__forecast') }}

),

paced as (

    select
        idle.*,
        covers.surplus_cover_days,
        coalesce(outlooks.forecast_mean, 0) as forecast_mean,
        coalesce(outlooks.horizon_days, 1) as horizon_days,
        outlooks.forecast_mean is not null as is_forecast,
        {{ divide_exact('idle.held_qty * outlooks.horizon_days', 'outlooks.forecast_mean', 2) }}
            as cover_days
    from idle
    inner join forecast_companies
        on idle.company_id = forecast_companies.company_id
    left join outlooks
        on
            idle.company_id = outlooks.company_id
            and idle.item_id = outlooks.item_id
            and idle.location_id = outlooks.location_id
            and outlooks.preference = 1
    inner join {{ ref('int_availability__cover') }} as covers
        on
            idle.company_id = covers.company_id
            and idle.item_id = covers.item_id
            and idle.location_id = covers.location_id

)

select
    paced.company_id,
    paced.item_id,
    paced.location_id,
    paced.held_qty,
    paced.last_out_date,
    paced.idle_days,
    paced.cover_days,
    paced.surplus_cover_days,
    paced.is_forecast,
    cast(
        greatest(
            paced.held_qty - {{ divide_exact(
                'paced.forecast_mean * paced.surplus_cover_days', 'paced.horizon_days', 6,
                by_scale=0
            ) }}, 0
        ) as decimal(18, 6)
    ) as excess_qty,
    paced.idle_days >= settings.obsolete_idle_days
    and (paced.cover_days is null or paced.cover_days > settings.obsolete_cover_days)
        as is_obsolete,
    economics.unit_cost,
    cast(
        economics.unit_price * (
            100 - settings.selling_cost_pct - case
                when
                    paced.idle_days >= settings.obsolete_idle_days
                    and (paced.cover_days is null or paced.cover_days > settings.obsolete_cover_days)
                    then 100 - settings.obsolete_value_pct
                else 0
            end
        ) / 100 as decimal(20, 8)
    ) as unit_nrv
from paced
cross join {{ ref('int_planning__setting') }} as settings
left join {{ ref('int_planning__economics') }} as economics
    on
        paced.company_id = economics.company_id
        and paced.item_id = economics.item_id
        and paced.location_id = economics.location_id
