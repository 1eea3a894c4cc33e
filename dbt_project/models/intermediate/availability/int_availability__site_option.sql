-- Every place that sells, for every open order line that still looks for its goods: how much of the
-- line it could send now, and at what cost.
with

settings as (

    select * from {{ ref('int_availability__setting') }}

),

claims as (

    select * from {{ ref('int_availability__claim') }}
    where unreserved_qty > 0

),

wanted_here as (      -- what others of the same place look for comes before a new claim

    select
        company_id,
        item_id,
        location_id,
        sum(unreserved_qty) as claimed_qty
    from claims
    where location_id is not null
    group by company_id, item_id, location_id

),

channel_days as (

    select channel_days.*
    from {{ ref('int_availability__channel_day') }} as channel_days
    inner join {{ ref('int_master__company') }} as companies
        on
            channel_days.company_id = companies.company_id
            and channel_days.date = companies.as_of_date

),

options as (

    select
        claims.*,
        policies.location_id as site_id,
        greatest(
            coalesce(channel_days.available_now_qty, 0)
            - case
                when policies.location_id = claims.location_id
                    then coalesce(wanted_here.claimed_qty, 0) - claims.unreserved_qty
                else coalesce(wanted_here.claimed_qty, 0)
            end,
            0
        ) as free_qty,
        row_number() over (
            partition by
                claims.source_system, claims.company_id, claims.order_id, claims.order_line,
                claims.item_id, policies.location_id
            order by case when policies.channel = '*' then 1 else 0 end
        ) as preference
    from claims
    inner join {{ ref('int_availability__channel_policy') }} as policies
        on
            claims.company_id = policies.company_id
            and policies.channel in (claims.channel, '*')
    left join channel_days
        on
            claims.company_id = channel_days.company_id
            and claims.item_id = channel_days.item_id
            and policies.location_id = channel_days.location_id
            and policies.channel = channel_days.channel
    left join wanted_here
        on
            claims.company_id = wanted_here.company_id
            and claims.item_id = wanted_here.item_id
            and policies.location_id = wanted_here.location_id

),

by_line as (      -- of a kit, the part that is scarcest decides

    select
        source_system,
        company_id,
        order_id,
        order_line,
        site_id,
        max(location_id) as planned_location_id,
        max(ship_to_code) as ship_to_code,
        max(customer_code) as customer_code,
        sum(unreserved_qty) as wanted_qty,
        sum(least(unreserved_qty, free_qty)) as free_qty,
        min(case when free_qty >= unreserved_qty then 1 else 0 end) = 1 as is_complete
    from options
    where preference = 1
    group by source_system, company_id, order_id, order_line, site_id

),

costed as (

    select
        by_line.*,
        case
            when direct.lead_time_days is not null then 'direct'
            when by_line.site_id = by_line.planned_location_id then 'planned'
            when inward.lead_time_days is not null then 'by way of the planned place'
            else 'no lane'
        end as way,
        case
            when direct.lead_time_days is not null
                then direct.cost_per_shipment + direct.cost_per_unit * by_line.free_qty
            when by_line.site_id = by_line.planned_location_id then 0
            when inward.lead_time_days is not null
                then inward.cost_per_shipment + inward.cost_per_unit * by_line.free_qty
        end as freight_amount,
        case
            when direct.lead_time_days is not null then direct.lead_time_days
            when by_line.site_id = by_line.planned_location_id then 0
            else inward.lead_time_days
        end as lead_time_days
    from by_line
    left join {{ ref('int_availability__lane') }} as direct
        on
            by_line.company_id = direct.company_id
            and by_line.site_id = direct.from_location_id
            and coalesce(by_line.ship_to_code, by_line.customer_code) = direct.to_location_id
    left join {{ ref('int_availability__lane') }} as inward
        on
            by_line.company_id = inward.company_id
            and by_line.site_id = inward.from_location_id
            and by_line.planned_location_id = inward.to_location_id

)

select
    costed.*,
    case when costed.is_complete then 0 else settings.split_penalty end as split_penalty_amount,
    cast(
        costed.freight_amount
        + case when costed.is_complete then 0 else settings.split_penalty end as decimal(18, 4)
    ) as cost_amount
from costed
cross join settings
where costed.free_qty > 0
