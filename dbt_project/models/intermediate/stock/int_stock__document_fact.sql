{{ config(materialized='view') }}

-- What documents say of goods that no movement is sent for, in one shape: orders and notices of what
-- comes in, billing events of what was used, held or sent directly, what was decided of returns.
select
    'order' as kind, po_type as document_type, source_system, company_id,
    po_id as document_id, po_line as document_line,
    po_id as order_id, po_line as order_line, item_code, uom,
    qty_ordered as qty, qty_cancelled as other_qty, '' as lot_number, '' as serial_number,
    to_location_code as location_code, from_location_code as other_location_code,
    supplier_code as party_code, 'supplier' as party_role, fob_point, status,
    confirmed_at as event_at, order_date as event_date,
    cast(null as timestamp with time zone) as title_at, source_updated_at as changed_at,
    cast(null as varchar) as reason_code, _delivered_at, _source_file, _row_number
from {{ ref('stg_purchasing__order_line') }}
where item_code is not null and status <> 'draft'

union all

select
    'notice', inbound_type, source_system, company_id,
    inbound_id, inbound_line,
    ref_order_id, ref_order_line, item_code, uom,
    qty_expected, null, coalesce(lot_number, ''), '',
    to_location_code, from_location_code,
    supplier_code, 'supplier', fob_point, coalesce(status, 'in_transit'),
    shipped_at, null, title_transfer_at, source_updated_at,
    null, _delivered_at, _source_file, _row_number
from {{ ref('stg_wms__inbound_line') }}
where shipped_at is not null and coalesce(status, 'in_transit') not in ('open', 'cancelled')

union all

select      -- the buyer is told of nothing but by the seller's own leg
    'notice', 'intercompany', sent.buyer_system, sent.buyer_id,
    sent.movement_id, sent.movement_line,
    sent.transfer_id, sent.transfer_line, sent.item_code, sent.uom,
    sent.qty, null, coalesce(sent.lot_number, ''), '',
    sent.location_code, sent.from_location_code,
    null, 'supplier', 'origin', 'in_transit',
    sent.event_at, null, null, sent.source_updated_at,
    null, sent._delivered_at, sent._source_file, sent._row_number
from {{ ref('int_stock__group_transfer') }} as sent
left join {{ ref('stg_wms__inbound_line') }} as notices
    on
        sent.buyer_id = notices.company_id
        and sent.transfer_id = notices.ref_order_id
where notices.company_id is null

union all

select
    'billable', events.event_type, events.source_system, events.company_id,
    events.billable_event_id, '1',
    events.order_id, events.order_line, events.item_code, events.uom,
    events.qty, null, '', '',
    -- what a supplier sends straight to a customer lies at no place of ours: it is bound for his
    coalesce(
        events.location_code, order_lines.ship_from_location,
        case when events.event_type = 'dropship_ship' then coalesce(order_lines.ship_to_code, events.customer_code) end
    ),
    null,
    events.customer_code, 'customer', null, coalesce(order_lines.line_status, ''),
    events.event_at, null, null, order_lines.source_updated_at,
    events.report_ref, events._delivered_at, events._source_file, events._row_number
from {{ ref('stg_billing__billable_event') }} as events
left join {{ ref('stg_billing__order_line') }} as order_lines
    on
        events.source_system = order_lines.source_system
        and events.company_id = order_lines.company_id
        and events.order_id = order_lines.order_id
        and events.order_line = order_lines.order_line
where
    events.event_type in ('consumption', 'bill_hold', 'dropship_ship')
    and events.item_code is not null
    and events.qty > 0

union all

select
    'dropship', 'dropship_ship', source_system, company_id,
    shipment_id, shipment_line,
    order_id, order_line, item_code, uom,
    qty_shipped, null, '', '',
    coalesce(ship_to_code, customer_code, ship_from_location), null,
    customer_code, 'customer', null, case when status = 'delivered' then 'closed' else '' end,
    ship_confirm_at, null, null, changed_at,
    null, _delivered_at, _source_file, _row_number
from {{ ref('int_stock__dropped_shipment') }}

union all

select
    'disposition', disposition, source_system, company_id,
    receipt_id, receipt_line,
    ref_order_id, ref_order_line, item_code, uom,
    case
        when disposition in ('restock', 'refurbish')
            then coalesce(qty_accepted, qty_received - coalesce(qty_rejected, 0))
        when coalesce(qty_rejected, 0) > 0 then qty_rejected
        else qty_received
    end,
    null, coalesce(lot_number, ''), coalesce(serial_number, ''),
    location_code, null,
    null, null, null, coalesce(status, 'posted'),
    coalesce(inspection_at, putaway_at, received_at), null, null, source_updated_at,
    return_reason_code, _delivered_at, _source_file, _row_number
from {{ ref('stg_wms__receipt_line') }}
where receipt_type = 'return' and disposition is not null

union all

select
    'short', '', source_system, company_id,
    allocation_id, '1',
    order_id, order_line, item_code, uom,
    qty_short, null, coalesce(lot_number, ''), '',
    location_code, null,
    null, null, null, status,
    coalesce(picked_at, reserved_at), null, null, source_updated_at,
    null, _delivered_at, _source_file, _row_number
from {{ ref('stg_wms__allocation') }}
where qty_short > 0 and status in ('picked', 'packed', 'shipped', 'released', 'cancelled')
