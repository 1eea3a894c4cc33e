{{ config(materialized='view') }}

-- E02 and E03: goods leave the supplier, ours already or not yet. Title that passes on the way is
-- the notice taken back and said anew for goods of ours. E42: what a company of the group sent.
with

balances as (

    select * from {{ ref('int_stock__notice_balance') }}

),

steps as (

    select      -- a notice of an order nobody told of brings the order with it
        'E01' as event_code, 'EXT_SUPPLIER' as from_state, 'ON_ORDER' as to_state,
        false as is_from_ours, false as is_to_ours, sent_qty_base as moved_qty_base,
        event_at as moved_at, 'ordered' as part, '' as reverses, *
    from balances
    where not is_order_known
    union all
    select
        case when title_at = event_at then 'E02' else 'E03' end, 'ON_ORDER', 'IN_TRANSIT_IN',
        false, coalesce(title_at = event_at, false), sent_qty_base,
        event_at, '', '', *
    from balances
    union all
    select
        'E58', 'IN_TRANSIT_IN', 'ON_ORDER',
        false, false, owned_qty_base,
        title_at, 'not owned', 'sent', *
    from balances
    where is_owned and title_at > event_at
    union all
    select
        'E02', 'ON_ORDER', 'IN_TRANSIT_IN',
        false, true, owned_qty_base,
        title_at, 'owned', '', *
    from balances
    where is_owned and title_at > event_at
    union all
    select
        'E58', 'IN_TRANSIT_IN', 'ON_ORDER',
        is_owned, false, missing_qty_base,
        changed_at, 'missing', 'sent', *
    from balances
    union all
    select
        'E58', 'ON_ORDER', 'EXT_SUPPLIER',
        false, false, missing_qty_base,
        changed_at, 'not ordered', 'ordered', *
    from balances
    where not is_order_known

)

select
    company_id, source_system, concat('notice ', inbound_id) as source_movement_id,
    inbound_line as source_movement_line, part, 'notice' as movement_type, event_code,
    item_id, item_code, lot_number, '' as serial_number,
    cast(moved_qty_base as decimal(18, 6)) as qty_base,
    case when from_state <> 'EXT_SUPPLIER' then location_id end as from_location_id, from_state,
    case
        when from_state = 'EXT_SUPPLIER' then null
        when is_from_ours then company_id
        else sender_id
    end as from_owner,
    case when to_state <> 'EXT_SUPPLIER' then location_id end as to_location_id, to_state,
    case
        when to_state = 'EXT_SUPPLIER' then null
        when is_to_ours then company_id
        else sender_id
    end as to_owner,
    moved_at as event_at, timezone,
    cast(null as varchar) as order_id, cast(null as varchar) as order_line,
    cast(null as varchar) as receipt_id, cast(null as varchar) as receipt_line,
    cast(null as varchar) as transfer_id,
    case reverses
        when 'sent' then concat_ws('/', source_system, company_id, concat('notice ', inbound_id), inbound_line)
        when 'ordered'
            then concat_ws(
                '/', source_system, company_id, concat('notice ', inbound_id), inbound_line,
                'ordered'
            )
    end as reversal_of_move_id,
    cast(null as varchar) as reason_code
from steps

union all

select
    notices.company_id, notices.source_system, concat('notice ', notices.inbound_id),
    notices.inbound_line, '', 'notice', 'E42',
    notices.item_id, notices.item_code, notices.lot_number, '',
    notices.qty_base,
    null, 'EXT_SUPPLIER', null,
    notices.location_id, 'XFER_TRANSIT', notices.company_id,
    notices.event_at, notices.timezone,
    null, null,
    null, null,
    notices.ref_order_id,
    null,
    null
from {{ ref('int_stock__notice') }} as notices
where notices.inbound_type = 'intercompany'
