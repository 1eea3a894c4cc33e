{{ config(materialized='view') }}

with

owned as (

    select * from {{ ref('int_stock__owned_movement') }}
    where event_code is not null and is_from_internal is not null and is_to_internal is not null

)

-- Goods between two of our places lie at the receiver, consigned goods at the customer's site,
-- refused goods where they were sent from; the outside world has no location. A reversal takes the
-- place of its original.
select
    owned.source_system,
    owned.company_id,
    owned.source_movement_id,
    owned.source_movement_line,
    owned.feed,
    owned.movement_type,
    owned.rule_document_type,
    owned.reading,
    owned.direction,
    owned.own_state,
    owned.item_code as source_item_code,
    owned.item_id,
    owned.lot_number,
    owned.serial_number,
    owned.qty_base,
    owned.event_code,
    owned.from_state,
    owned.to_state,
    owned.location_id,
    case
        when not owned.is_from_internal then null
        when owned.from_state = owned.own_state then owned.location_id
        when
            owned.own_state = 'CONSIGN_OUT'
            or owned.from_state in ('CONSIGN_OUT', 'RETURN_TRANSIT')
            or (owned.from_state = 'XFER_TRANSIT' and owned.reading = 'reversal')
            then coalesce(owned.counter_location_id, owned.location_id)
        else owned.location_id
    end as from_location_id,
    case
        when not owned.is_to_internal then null
        when owned.to_state = owned.own_state then owned.location_id
        when
            owned.own_state = 'CONSIGN_OUT'
            or owned.to_state in ('CONSIGN_OUT', 'RETURN_TRANSIT')
            or (owned.to_state = 'XFER_TRANSIT' and owned.reading <> 'reversal')
            then coalesce(owned.counter_location_id, owned.location_id)
        else owned.location_id
    end as to_location_id,
    owned.from_owner,
    owned.to_owner,
    owned.supplier_id,
    owned.event_at,
    owned.event_date,
    owned.recorded_at,
    owned.known_at,
    owned.posting_date,
    owned.order_id,
    owned.order_line,
    owned.shipment_id,
    owned.shipment_line,
    owned.receipt_id,
    owned.receipt_line,
    owned.transfer_id,
    owned.purchase_order_id,
    owned.purchase_order_line,
    case when owned.is_original_found then owned.reversal_of_movement_id end
        as reversal_of_movement_id,
    owned.reason_code,
    case when owned.is_to_valued and owned.to_owner = owned.company_id then 1 else 0 end
    - case when owned.is_from_valued and owned.from_owner = owned.company_id then 1 else 0 end
        as value_sign
from owned
