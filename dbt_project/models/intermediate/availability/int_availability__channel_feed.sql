-- What a sales channel showed as available on a day, beside the pool that it draws from.
with

shown as (

    select * from {{ ref('int_availability__channel_signal') }}

),

changes as (      -- the shelf at the end of each day, stacked with the days on which it was shown

    select
        legs.company_id, legs.item_id, legs.location_id, legs.event_date as date, '' as channel,
        legs.qty_change, 0 as shown
    from {{ ref('int_stock__leg') }} as legs
    inner join (
        select company_id, item_id, location_id from shown
        group by company_id, item_id, location_id
    ) as shown_places
        on
            legs.company_id = shown_places.company_id
            and legs.item_id = shown_places.item_id
            and legs.location_id = shown_places.location_id
    where legs.stock_state in ('ON_HAND', 'CONSIGN_IN')
    union all
    select company_id, item_id, location_id, date, channel, 0, 1
    from shown

),

counted as (

    select
        company_id,
        item_id,
        location_id,
        date,
        channel,
        shown,
        sum(qty_change) over (
            partition by company_id, item_id, location_id
            order by date, shown, channel
            rows between unbounded preceding and current row
        ) as on_shelf_qty
    from changes

),

pools as (

    select
        shown.company_id,
        shown.item_id,
        shown.location_id,
        shown.channel,
        shown.date,
        shown.shown_qty,
        counted.on_shelf_qty,
        policies.policy_id,
        case when policies.use_safety_buffer then coalesce(safety.safety_stock_qty, 0) else 0 end
            as safety_buffer_qty,
        case when policies.channel = '*' then 0 else policies.protected_qty end as own_qty,
        policies.protected_all_qty,
        coalesce(
            case when policies.channel <> '*' then policies.share_pct end,
            greatest(100 - policies.shared_pct, 0)
        ) as part_pct,
        row_number() over (
            partition by
                shown.company_id, shown.item_id, shown.location_id, shown.channel, shown.date
            order by case when policies.channel = '*' then 1 else 0 end
        ) as preference
    from shown
    inner join counted
        on
            counted.shown = 1
            and shown.company_id = counted.company_id
            and shown.item_id = counted.item_id
            and shown.location_id = counted.location_id
            and shown.date = counted.date
            and shown.channel = counted.channel
    inner join {{ ref('int_availability__channel_policy') }} as policies
        on
            shown.company_id = policies.company_id
            and shown.location_id = policies.location_id
            and policies.channel in (shown.channel, '*')
    left join {{ ref('int_availability__safety_stock') }} as safety
        on
            shown.company_id = safety.company_id
            and shown.item_id = safety.item_id
            and shown.location_id = safety.location_id

)

select
    company_id,
    item_id,
    location_id,
    channel,
    date,
    policy_id,
    cast(shown_qty as decimal(18, 6)) as shown_qty,
    cast(on_shelf_qty as decimal(18, 6)) as on_shelf_qty,
    cast(safety_buffer_qty as decimal(18, 6)) as safety_buffer_qty,
    own_qty,
    protected_all_qty,
    part_pct,
    cast(on_shelf_qty - safety_buffer_qty as decimal(18, 6)) as pool_qty
from pools
where preference = 1
