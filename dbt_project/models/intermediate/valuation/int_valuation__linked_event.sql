-- The other event that an event belongs to: a return to its issue, goods that go back to their
-- receipt, what arrives to what was sent, a reversal to its original.
with

movements as (

    select * from {{ ref('int_valuation__pool_movement') }}

),

layers as (

    select * from {{ ref('int_valuation__receipt_layer') }}

),

issues as (      -- of one shipment line there may be several, one per lot

    select company_id, event_id, shipment_id, shipment_line, item_id, lot_number
    from movements
    where event_kind = 'issue' and shipment_id is not null

),

returned_lines as (

    select
        company_id, receipt_id, receipt_line,
        min(original_shipment_id) as shipment_id,
        min(original_shipment_line) as shipment_line
    from {{ ref('stg_wms__receipt_line') }}
    where original_shipment_id is not null
    group by company_id, receipt_id, receipt_line

),

outs as (

    select company_id, event_id, source_system, source_movement_id, transfer_id, item_id, lot_number
    from movements
    where event_kind = 'transfer_out'

),

candidates as (

    select
        company_id, event_id, reversed_event_id as linked_event_id, 0 as distance
    from movements
    where event_code = 'E58' and reversed_event_id is not null
    union all
    select
        returned.company_id, returned.event_id, issues.event_id,
        case when issues.lot_number = returned.lot_number then 1 else 2 end
    from movements as returned
    inner join returned_lines
        on
            returned.company_id = returned_lines.company_id
            and returned.receipt_id = returned_lines.receipt_id
            and returned.receipt_line = returned_lines.receipt_line
    inner join issues
        on
            returned_lines.company_id = issues.company_id
            and returned_lines.shipment_id = issues.shipment_id
            and returned_lines.shipment_line = issues.shipment_line
            and returned.item_id = issues.item_id
    where returned.event_kind = 'return_in'
    union all
    select
        company_id, event_id, layer_event_id, 1
    from layers
    where event_kind in ('arrival', 'transfer_in') and layer_event_id is not null
    union all
    select
        returned.company_id, returned.event_id, layers.layer_event_id,
        case when layers.lot_number = returned.lot_number then 1 else 2 end
    from movements as returned
    inner join layers
        on
            returned.company_id = layers.company_id
            and returned.receipt_id = layers.receipt_id
            and returned.receipt_line = layers.receipt_line
            and returned.item_id = layers.item_id
    where returned.event_kind = 'return_out' and layers.layer_event_id is not null
    union all
    select
        arrived.company_id, arrived.event_id, outs.event_id,
        case when outs.lot_number = arrived.lot_number then 2 else 3 end
    from movements as arrived
    inner join outs
        on
            arrived.company_id = outs.company_id
            and arrived.transfer_id = outs.transfer_id
            and arrived.item_id = outs.item_id
    where arrived.event_kind = 'transfer_in' and arrived.event_code <> 'E58'
    union all
    select arrived.company_id, arrived.event_id, outs.event_id, 1
    from movements as arrived
    inner join {{ ref('int_stock__linked_movement') }} as linked
        on
            arrived.source_system = linked.source_system
            and arrived.company_id = linked.company_id
            and arrived.source_movement_id = linked.source_movement_id
            and arrived.source_movement_line = linked.source_movement_line
    inner join outs
        on
            linked.company_id = outs.company_id
            and linked.source_system = outs.source_system
            and linked.linked_movement_id = outs.source_movement_id
    where arrived.event_kind = 'transfer_in'

),

ranked as (

    select
        *,
        row_number() over (
            partition by company_id, event_id
            order by distance, linked_event_id
        ) as preference
    from candidates

)

select
    company_id,
    event_id,
    linked_event_id
from ranked
where preference = 1
