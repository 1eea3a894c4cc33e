-- The two legs of each transfer and item as the movements tell them.

with

stacked as (      -- + into the road, - off it; a reversal takes its leg back

    select
        company_id, transfer_id, item_id, event_at, event_date, source_movement_id,
        from_location_id as sender_id, to_location_id as receiver_id,
        case when event_code = 'E58' then 0 else qty_base end as out_qty,
        case when event_code = 'E58' then -qty_base else 0 end as in_qty,
        0 as lost_qty,
        case when event_code = 'E58' then 'back' else 'out' end as leg
    from {{ ref('int_stock__move') }}
    where transfer_id is not null and to_state = 'XFER_TRANSIT'
    union all
    select
        company_id, transfer_id, item_id, event_at, event_date, source_movement_id,
        null, from_location_id,
        case when event_code = 'E58' then -qty_base else 0 end,
        case when event_code <> 'E58' and to_state <> 'EXT_ADJUST' then qty_base else 0 end,
        case when to_state = 'EXT_ADJUST' then qty_base else 0 end,
        case
            when event_code = 'E58' then 'back' when to_state = 'EXT_ADJUST' then 'lost' else 'in'
        end
    from {{ ref('int_stock__move') }}
    where transfer_id is not null and from_state = 'XFER_TRANSIT'

),

named_senders as (      -- who sent it, as the receiver says: all that is known without an out leg

    select
        company_id,
        transfer_id,
        item_id,
        min(counter_location_id) as sender_id
    from {{ ref('int_stock__owned_movement') }}
    where movement_type = 'transfer_in' and counter_location_id is not null
    group by company_id, transfer_id, item_id

),

legs as (

    select
        company_id,
        transfer_id,
        item_id,
        min(case when leg = 'out' then sender_id end) as sender_id,
        coalesce(
            min(case when leg = 'out' then receiver_id end),
            min(case when leg = 'in' then receiver_id end)
        ) as receiver_id,
        cast(sum(out_qty) as decimal(18, 6)) as out_qty,
        cast(sum(in_qty) as decimal(18, 6)) as in_qty,
        cast(sum(lost_qty) as decimal(18, 6)) as lost_qty,
        min(case when leg = 'out' then event_at end) as out_at,
        min(case when leg = 'out' then event_date end) as out_date,
        max(case when leg = 'in' then event_at end) as in_at,
        case
            when
                min(case when leg = 'out' then source_movement_id end)
                = max(case when leg = 'out' then source_movement_id end)
                then min(case when leg = 'out' then source_movement_id end)
        end as out_movement_id
    from stacked
    group by company_id, transfer_id, item_id

)

select
    legs.company_id,
    legs.transfer_id,
    legs.item_id,
    coalesce(legs.sender_id, named_senders.sender_id) as sender_id,
    legs.receiver_id,
    legs.out_qty,
    legs.in_qty,
    legs.lost_qty,
    legs.out_at,
    legs.out_date,
    legs.in_at,
    legs.out_movement_id
from legs
left join named_senders
    on
        legs.company_id = named_senders.company_id
        and legs.transfer_id = named_senders.transfer_id
        and legs.item_id = named_senders.item_id
