with

run as (

    select * from {{ ref('int_control__run') }}

),

companies as (

    select * from {{ ref('int_master__company') }}

),

channel_days as (

    select * from {{ ref('int_availability__channel_day') }}

),

items as (

    select * from {{ ref('dim_item') }}

)

select
    channel_days.company_id,
    channel_days.item_id,
    items.item_name,
    items.base_uom,
    channel_days.location_id,
    channel_days.location_group,
    channel_days.channel,
    channel_days.date,
    channel_days.date = companies.as_of_date as is_today,

    channel_days.available_now_qty as available_now,
    channel_days.available_projected_qty as available_projected,

    channel_days.on_hand_qty as on_hand,
    channel_days.consigned_in_qty as consigned_in,
    channel_days.phantom_qty as phantom,
    channel_days.safety_buffer_qty as safety_buffer,
    cast(channel_days.now_qty - channel_days.available_now_qty as decimal(18, 6)) as protected,
    channel_days.reserved_qty as reserved,
    channel_days.picked_qty as picked,
    channel_days.qc_hold_qty as qc_hold,

    channel_days.received_qty as received,
    channel_days.qc_release_qty as qc_release,
    channel_days.inbound_qty as inbound_confirmed,
    channel_days.transfer_qty as transfer_inbound,
    channel_days.on_order_qty as on_order_confirmed,
    channel_days.demand_qty as open_demand_unreserved,
    channel_days.net_ahead_qty as net_ahead,
    cast(channel_days.ahead_qty - channel_days.available_projected_qty as decimal(18, 6))
        as protected_ahead,

    channel_days.safety_stock_qty as safety_stock,
    channel_days.safety_stock_source,
    channel_days.share_pct,
    channel_days.policy_id,
    run.policy_version,
    run.as_of_at,
    companies.stock_watermark_at as watermark_at
from channel_days
inner join companies
    on channel_days.company_id = companies.company_id
inner join items
    on
        channel_days.company_id = items.company_id
        and channel_days.item_id = items.item_id
cross join run
