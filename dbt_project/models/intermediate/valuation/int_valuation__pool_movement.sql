-- What each movement of goods does to a pool of costs: it enters one, leaves one, goes from one
-- place to another, or arrives where its value already is. A step inside one place does nothing.
with

moved as (

    select
        source_system, company_id, source_movement_id, source_movement_line,
        concat_ws('/', source_system, company_id, source_movement_id, source_movement_line)
            as event_id,
        source_movement_id as movement_id, source_movement_line as movement_line,
        feed, movement_type, event_code, item_id, lot_number, serial_number, qty_base,
        from_state, from_location_id, coalesce(from_owner, company_id) as from_owner,
        to_state, to_location_id, coalesce(to_owner, company_id) as to_owner,
        event_at, recorded_at, posting_date,
        shipment_id, shipment_line, receipt_id, receipt_line, transfer_id,
        purchase_order_id, purchase_order_line,
        case
            when reversal_of_movement_id is not null
                then concat_ws(
                    '/', source_system, company_id, reversal_of_movement_id, source_movement_line
                )
        end as reversed_event_id,
        reason_code
    from {{ ref('int_stock__ledger_row') }}
    union all
    select      -- a document line is named as people name it: document/line
        source_system, company_id, source_movement_id, source_movement_line,
        move_id,
        concat(regexp_replace(source_movement_id, '^[a-z ]+ ', ''), '/', source_movement_line), '',
        'document', movement_type, event_code, item_id, lot_number, serial_number, qty_base,
        from_state, from_location_id, coalesce(from_owner, company_id),
        to_state, to_location_id, coalesce(to_owner, company_id),
        event_at, null, event_date,
        null, null, receipt_id, receipt_line, transfer_id,
        null, null,
        reversal_of_move_id,
        reason_code
    from {{ ref('int_stock__document_move') }}

),

states as (

    select * from {{ ref('stock_state') }}

),

pooled as (

    select
        moved.*,
        from_states.is_pooled and moved.from_owner = moved.company_id as is_from_pool,
        to_states.is_pooled and moved.to_owner = moved.company_id as is_to_pool
    from moved
    inner join states as from_states
        on moved.from_state = from_states.stock_state
    inner join states as to_states
        on moved.to_state = to_states.stock_state

),

judged as (

    select
        *,
        case
            when is_to_pool and not is_from_pool
                then
                    case
                        when event_code = 'E00' then 'opening'
                        when event_code in ('E02', 'E04', 'E05', 'E42', 'E46', 'E47') then 'receipt'
                        when event_code in ('E29', 'E58') then 'return_in'
                        when event_code in ('E48', 'E49', 'E52', 'E57') then 'work_receipt'
                        else 'count_in'
                    end
            when is_from_pool and not is_to_pool
                then
                    case
                        when event_code = 'E58' then 'receipt_reversal'
                        when event_code in ('E32', 'E36') then 'scrap'
                        when event_code in ('E27', 'E37', 'E40') then 'count_out'
                        when event_code = 'E09' then 'return_out'
                        when event_code in ('E48', 'E49', 'E50', 'E57') then 'work_issue'
                        else 'issue'
                    end
            when not is_from_pool then null
            when event_code = 'E04' then 'arrival'
            when to_state = 'XFER_TRANSIT' then 'transfer_out'
            when from_state = 'XFER_TRANSIT' then 'transfer_in'
            when from_location_id <> to_location_id then 'transfer'
        end as event_kind
    from pooled

)

select
    *,
    case when event_kind in (
        'opening', 'receipt', 'return_in', 'work_receipt', 'count_in', 'arrival', 'transfer_in'
    ) then to_location_id else from_location_id end as location_id,
    event_kind in ('opening', 'receipt') and to_state in ('IN_TRANSIT_IN', 'XFER_TRANSIT')
        as is_on_the_way
from judged
where event_kind is not null
