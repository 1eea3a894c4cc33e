-- Whose the goods of each movement were before it and after it. Goods on order and announced ones are
-- the supplier's until they are owned; what is consigned or billed and held has its own owner, and the
-- other side of such a move is ours. Written once for all that read movements: writing a wide table
-- costs more than working it out.
with

mapped as (

    select * from {{ ref('int_stock__mapped_movement') }}

),

states as (

    select * from {{ ref('stock_state') }}

),

customers as (

    select
        source_system,
        company_id,
        party_code,
        party_id
    from {{ ref('int_master__party_code') }}
    where party_role = 'customer'

),

supplies as (      -- whose the goods were that a receipt took in

    select
        company_id,
        receipt_id,
        receipt_line,
        supplier_id
    from {{ ref('int_stock__receipt_kind') }}

),

orders as (

    select
        company_id,
        purchase_order_id,
        purchase_order_line,
        supplier_id
    from {{ ref('int_stock__order') }}

),

consigners as (

    select * from {{ ref('int_stock__consigner') }}

),

known as (

    select
        mapped.*,
        from_states.is_internal as is_from_internal,
        to_states.is_internal as is_to_internal,
        from_states.is_valued as is_from_valued,
        to_states.is_valued as is_to_valued,
        customers.party_id as customer_id,
        coalesce(supplies.supplier_id, orders.supplier_id) as supplier_id,
        consigners.owner_id as consigner_id
    from mapped
    left join states as from_states
        on mapped.from_state = from_states.stock_state
    left join states as to_states
        on mapped.to_state = to_states.stock_state
    left join customers
        on
            mapped.source_system = customers.source_system
            and mapped.company_id = customers.company_id
            and mapped.customer_code = customers.party_code
    left join supplies
        on
            mapped.company_id = supplies.company_id
            and mapped.receipt_id = supplies.receipt_id
            and mapped.receipt_line = supplies.receipt_line
    left join orders
        on
            mapped.company_id = orders.company_id
            and mapped.purchase_order_id = orders.purchase_order_id
            and mapped.purchase_order_line = orders.purchase_order_line
    left join consigners
        on
            mapped.company_id = consigners.company_id
            and case when 'CONSIGN_IN' in (mapped.from_state, mapped.to_state) then mapped.item_id end
            = consigners.item_id
            and mapped.location_id = consigners.location_id

)

select
    feed, source_system, company_id, source_movement_id, source_movement_line,
    movement_type, document_type, rule_document_type, reading, direction, own_state, pair_from_state,
    item_code, item_id, lot_number, serial_number,
    qty, uom, qty_base,
    location_id, counter_location_id,
    event_code, from_state, to_state,
    is_from_internal, is_to_internal, is_from_valued, is_to_valued,
    supplier_id,
    event_at, event_date, recorded_at, posting_date,
    order_id, order_line, shipment_id, shipment_line, receipt_id, receipt_line,
    transfer_id, purchase_order_id, purchase_order_line,
    reversal_of_movement_id, is_original_found,
    reason_code, given_unit_cost, given_cost_amount,
    problem, known_at, _source_file, _row_number,
    case
        when event_code is null then null
        when from_state = 'EXT_CUSTOMER' then customer_id
        when not is_from_internal then null
        when from_state = 'BILL_HOLD' and not is_owner_given then customer_id
        when from_state = 'CONSIGN_IN' and not is_owner_given
            then coalesce(supplier_id, consigner_id, owner_id)
        when
            from_state = 'ON_ORDER'
            or (from_state = 'IN_TRANSIT_IN' and coalesce(document_type, '') <> 'po_owned')
            then coalesce(supplier_id, owner_id)
        when
            from_state not in ('BILL_HOLD', 'CONSIGN_IN')
            and to_state in ('BILL_HOLD', 'CONSIGN_IN')
            then company_id
        else owner_id
    end as from_owner,
    case
        when event_code is null then null
        when to_state = 'EXT_CUSTOMER' then customer_id
        when not is_to_internal then null
        when to_state = 'BILL_HOLD' and not is_owner_given then customer_id
        when to_state = 'CONSIGN_IN' and not is_owner_given
            then coalesce(supplier_id, consigner_id, owner_id)
        when
            to_state = 'ON_ORDER'
            or (to_state = 'IN_TRANSIT_IN' and coalesce(document_type, '') <> 'po_owned')
            then coalesce(supplier_id, owner_id)
        when
            to_state not in ('BILL_HOLD', 'CONSIGN_IN')
            and from_state in ('BILL_HOLD', 'CONSIGN_IN')
            then company_id
        else owner_id
    end as to_owner
from known
