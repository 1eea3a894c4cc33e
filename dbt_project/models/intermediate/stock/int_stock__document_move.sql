-- All moves that only documents say, in one shape.
with

told as (

    select * from {{ ref('int_stock__order_move') }}
    union all
    select * from {{ ref('int_stock__notice_move') }}
    union all
    select * from {{ ref('int_stock__transfer_loss') }}
    union all
    select * from {{ ref('int_stock__billed_move') }}
    union all
    select * from {{ ref('int_stock__returned_move') }}
    union all
    select * from {{ ref('int_stock__short_pick_move') }}

),

first_seen as (

    select _source_file, _row_number, min(first_delivered_at) as first_known_at
    from {{ ref('stg_ingest__row_version') }}
    where
        feed in (
            'purchasing_order_line', 'wms_inbound_line', 'billing_billable_event',
            'wms_receipt_line', 'wms_allocation', 'wms_shipment_line'
        )
    group by _source_file, _row_number

),

papers as (      -- when the document behind a move came to us, under the name its moves give it

    select
        lines.company_id,
        lines.source_system,
        concat(
            case lines.kind
                when 'billable' then 'billing event'
                when 'disposition' then 'receipt'
                when 'short' then 'allocation'
                else lines.kind
            end,
            ' ', lines.document_id
        ) as source_movement_id,
        lines.document_line as source_movement_line,
        min(coalesce(first_seen.first_known_at, lines.known_at)) as first_known_at,
        max(lines.known_at) as known_at
    from {{ ref('int_stock__document_line') }} as lines
    left join first_seen
        on
            lines._source_file = first_seen._source_file
            and lines._row_number = first_seen._row_number
    group by
        lines.company_id, lines.source_system, lines.kind, lines.document_id, lines.document_line

),

states as (

    select * from {{ ref('stock_state') }}

),

valued as (

    select
        told.*,
        -- what happened before the document first came, its first version told
        case
            when told.event_at <= papers.first_known_at then papers.first_known_at
            else coalesce(papers.known_at, told.event_at)
        end as known_at,
        case when to_states.is_valued and told.to_owner = told.company_id then 1 else 0 end
        - case when from_states.is_valued and told.from_owner = told.company_id then 1 else 0 end
            as value_sign
    from told
    inner join states as from_states
        on told.from_state = from_states.stock_state
    inner join states as to_states
        on told.to_state = to_states.stock_state
    left join papers
        on
            told.company_id = papers.company_id
            and told.source_system = papers.source_system
            and told.source_movement_id = papers.source_movement_id
            and told.source_movement_line = papers.source_movement_line
    where told.qty_base > 0

)

select
    company_id,
    concat_ws('/', source_system, company_id, source_movement_id, source_movement_line, nullif(part, ''))
        as move_id,
    source_system,
    source_movement_id,
    source_movement_line,
    movement_type,
    event_code,
    item_id,
    item_code as source_item_code,
    lot_number,
    serial_number,
    qty_base,
    from_location_id,
    from_state,
    from_owner,
    to_location_id,
    to_state,
    to_owner,
    event_at,
    {{ local_date('event_at', 'timezone') }} as event_date,
    known_at,
    order_id,
    order_line,
    receipt_id,
    receipt_line,
    transfer_id,
    reversal_of_move_id,
    reason_code,
    value_sign
from valued
