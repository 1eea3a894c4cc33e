-- What a channel showed less what the one definition of available gives it, day by day.
with

feeds as (

    select * from {{ ref('int_availability__channel_feed') }}

),

kept as (

    select
        *,
        least(greatest(pool_qty, 0), protected_all_qty) as kept_qty
    from feeds

),

divided as (

    select
        *,
        case
            when own_qty = 0 then 0
            else {{ divide_exact('own_qty * kept_qty', 'protected_all_qty', 6) }}
        end as own_part_qty,
        case
            when part_pct = 100 then pool_qty - kept_qty
            else {{ divide_exact('(pool_qty - kept_qty) * part_pct', '100', 6, by_scale=0) }}
        end as shared_part_qty
    from kept

),

available as (

    select
        *,
        cast(
            case
                when pool_qty <= 0 then pool_qty
                when own_part_qty + shared_part_qty = pool_qty then pool_qty
                when pool_qty = floor(pool_qty) then floor(own_part_qty) + floor(shared_part_qty)
                else own_part_qty + shared_part_qty
            end as decimal(18, 6)
        ) as available_qty
    from divided

)

select
    company_id,
    item_id,
    location_id,
    channel,
    date,
    policy_id,
    on_shelf_qty,
    safety_buffer_qty,
    available_qty,
    shown_qty,
    cast(shown_qty - greatest(available_qty, 0) as decimal(18, 6)) as difference_qty,
    row_number() over (
        partition by company_id, item_id, location_id, channel
        order by date desc
    ) = 1 as is_latest
from available
