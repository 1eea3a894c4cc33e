-- How many days each place that sells can live on what it has, at the pace of its last weeks.
with

companies as (

    select * from {{ ref('int_master__company') }}

),

settings as (

    select * from {{ ref('int_availability__setting') }}

),

demand as (

    select
        ordered.company_id,
        ordered.item_id,
        ordered.location_id,
        sum(ordered.qty_base) as demand_qty
    from {{ ref('int_demand__ordered') }} as ordered
    inner join companies
        on ordered.company_id = companies.company_id
    cross join settings
    where
        ordered.qty_base is not null
        and ordered.demand_date <= companies.as_of_date
        and {{ days_between('ordered.demand_date', 'companies.as_of_date') }}
        < settings.demand_window_days
    group by ordered.company_id, ordered.item_id, ordered.location_id

),

stacked as (      -- reserved pieces serve the demand that is counted, so they are part of the cover

    select
        company_id, item_id, location_id,
        on_hand_qty + consigned_in_qty + reserved_qty + picked_qty + received_qty + qc_hold_qty
            as held_qty,
        0 as coming_qty, 0 as demand_qty
    from {{ ref('int_availability__stock') }}
    union all
    select company_id, item_id, location_id, 0, open_qty, 0
    from {{ ref('int_availability__arrival') }}
    where is_promisable
    union all
    select company_id, item_id, location_id, 0, 0, demand_qty
    from demand

),

summed as (

    select
        company_id,
        item_id,
        location_id,
        sum(held_qty) as held_qty,
        sum(coming_qty) as coming_qty,
        sum(demand_qty) as demand_qty
    from stacked
    group by company_id, item_id, location_id

),

limits as (      -- the policy of the item, its class or the company, whichever says most about it

    select
        summed.company_id,
        summed.item_id,
        summed.location_id,
        policies.max_cover_days,
        row_number() over (
            partition by summed.company_id, summed.item_id, summed.location_id
            order by
                case when policies.item_id = '' then 1 else 0 end
                + case when policies.location_id = '' then 1 else 0 end asc,
                case when policies.abc_class = '' then 1 else 0 end asc,
                policies.policy_id asc
        ) as preference
    from summed
    inner join companies
        on summed.company_id = companies.company_id
    left join {{ ref('int_master__item') }} as items
        on
            summed.company_id = items.company_id
            and summed.item_id = items.item_id
    inner join {{ ref('int_policy__replenishment') }} as policies
        on
            summed.company_id = policies.company_id
            and companies.as_of_date between policies.valid_from and policies.valid_to
            and policies.item_id in ('', summed.item_id)
            and policies.location_id in ('', summed.location_id)
            and policies.abc_class in ('', coalesce(items.abc_class, ''))

)

select
    summed.company_id,
    summed.item_id,
    summed.location_id,
    cast(summed.held_qty as decimal(18, 6)) as held_qty,
    cast(summed.coming_qty as decimal(18, 6)) as coming_qty,
    cast(summed.demand_qty as decimal(18, 6)) as demand_qty,
    settings.demand_window_days,
    coalesce(limits.max_cover_days, settings.surplus_cover_days) as surplus_cover_days,
    settings.short_cover_days,
    {{ divide_exact(
        'greatest(summed.held_qty, 0) * settings.demand_window_days', 'summed.demand_qty', 2
    ) }} as cover_days
from summed
inner join {{ ref('int_availability__channel_policy') }} as places
    on
        summed.company_id = places.company_id
        and summed.location_id = places.location_id
        and places.channel = '*'
cross join settings
left join limits
    on
        summed.company_id = limits.company_id
        and summed.item_id = limits.item_id
        and summed.location_id = limits.location_id
        and limits.preference = 1
