-- What happened to the goods of an order line. A movement that says it wins over the document that
-- says it too; steps that are only implied by a later one are nobody's word and make no link.
with

documents as (

    select * from {{ ref('int_control__trace_document') }}

),

moved as (

    select
        documents.company_id,
        documents.order_id,
        documents.order_line,
        case
            when moves.event_code = 'E14' then 3
            when moves.event_code = 'E16' then 4
            when moves.event_code = 'E17' then 5
            when moves.event_code = 'E21' then 7
            else 6
        end as link_number,
        moves.source_movement_id,
        moves.event_code,
        moves.location_id,
        moves.event_at,
        moves.qty_base,
        moves._source_file,
        moves._row_number
    from documents
    inner join {{ ref('int_stock__owned_movement') }} as moves
        on
            documents.company_id = moves.company_id
            and documents.document_id = moves.source_movement_id
            and documents.document_line = moves.source_movement_line
    where
        documents.document_kind = 'movement'
        and moves.event_code in
        ('E14', 'E16', 'E17', 'E19', 'E20', 'E21', 'E26', 'E38', 'E42', 'E43', 'E44', 'E47', 'E54')
    union all
    select      -- goods that go from the supplier to the customer are told by documents alone
        company_id, order_id, coalesce(order_line, ''), 6, source_movement_id, event_code,
        from_location_id, event_at, qty_base, null, null
    from {{ ref('int_stock__document_move') }}
    where event_code in ('E44', 'E47') and to_state = 'EXT_CUSTOMER' and order_id is not null

),

aside as (

    select
        allocations.company_id,
        allocations.order_id,
        coalesce(allocations.order_line, '') as order_line,
        allocations.allocation_id,
        locations.location_id,
        allocations.qty_reserved,
        allocations.qty_picked,
        allocations.qty_packed,
        allocations.reserved_at,
        allocations.picked_at,
        allocations.packed_at,
        allocations._source_file,
        allocations._row_number
    from {{ ref('stg_wms__allocation') }} as allocations
    left join {{ ref('int_master__location_code') }} as locations
        on
            allocations.source_system = locations.source_system
            and allocations.company_id = locations.company_id
            and allocations.location_code = locations.location_code
    where allocations.order_id is not null and allocations.status <> 'cancelled'

),

stacked as (

    select
        company_id, order_id, order_line, link_number, 1 as preference,
        source_movement_id as link_id, event_code as detail, location_id, event_at as link_at,
        qty_base as qty, _source_file, _row_number
    from moved
    union all
    select
        company_id, order_id, order_line, 3, 2, allocation_id, 'allocation', location_id, reserved_at,
        qty_reserved, _source_file, _row_number
    from aside
    where reserved_at is not null
    union all
    select
        company_id, order_id, order_line, 4, 2, allocation_id, 'allocation', location_id, picked_at,
        qty_picked, _source_file, _row_number
    from aside
    where picked_at is not null and qty_picked > 0
    union all
    select
        company_id, order_id, order_line, 5, 2, allocation_id, 'allocation', location_id, packed_at,
        qty_packed, _source_file, _row_number
    from aside
    where packed_at is not null and qty_packed > 0
    union all
    select
        lines.company_id, lines.order_id, coalesce(lines.order_line, ''), 6, 2,
        concat_ws('/', lines.shipment_id, lines.shipment_line), 'shipment', null,
        shipments.ship_confirm_at, lines.qty_shipped, lines._source_file, lines._row_number
    from {{ ref('stg_wms__shipment_line') }} as lines
    inner join {{ ref('stg_wms__shipment') }} as shipments
        on
            lines.source_system = shipments.source_system
            and lines.company_id = shipments.company_id
            and lines.shipment_id = shipments.shipment_id
    where lines.order_id is not null and lines.qty_shipped > 0 and shipments.ship_confirm_at is not null
    union all
    select
        documents.company_id, documents.order_id, documents.order_line, 7, 2,
        coalesce(events.pod_ref, concat_ws('/', events.shipment_id, events.event_seq)),
        events.event_type, null, events.event_at, events.qty_delivered,
        events._source_file, events._row_number
    from {{ ref('stg_wms__delivery_event') }} as events
    inner join documents
        on
            events.company_id = documents.company_id
            and events.shipment_id = documents.document_id
            and coalesce(nullif(events.shipment_line, ''), documents.document_line) = documents.document_line
            and documents.document_kind = 'shipment'
    where events.event_type in ('delivered', 'pod_signed', 'partial')

),

chosen as (

    select
        *,
        min(preference) over (partition by company_id, order_id, order_line, link_number) as best
    from stacked

)

select
    company_id, order_id, order_line, link_number, link_id, detail, location_id, link_at, qty,
    _source_file, _row_number
from chosen
where preference = best
