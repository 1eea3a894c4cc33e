with

mapped as (

    select * from {{ ref('int_stock__mapped_movement') }}
    where event_code is not null

),

states as (

    select * from {{ ref('stock_state') }}

),

costs as (

    select * from {{ ref('int_valuation__movement_cost') }}

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

flagged as (

    select
        mapped.*,
        from_states.is_internal as is_from_internal,
        to_states.is_internal as is_to_internal,
        case when from_states.is_valued and mapped.owner_id = mapped.company_id then 1 else 0 end
            as from_valued,
        case when to_states.is_valued and mapped.owner_id = mapped.company_id then 1 else 0 end
            as to_valued,
        customers.party_id as customer_id
    from mapped
    inner join states as from_states
        on mapped.from_state = from_states.stock_state
    inner join states as to_states
        on mapped.to_state = to_states.stock_state
    left join customers
        on
            mapped.source_system = customers.source_system
            and mapped.company_id = customers.company_id
            and mapped.customer_code = customers.party_code

)

-- Goods between two of our places lie at the receiver, consigned goods at the customer's site; the
-- outside world has no location. A reversal takes the place of its original.
select
    flagged.source_system,
    flagged.company_id,
    flagged.source_movement_id,
    flagged.source_movement_line,
    flagged.feed,
    flagged.movement_type,
    flagged.rule_document_type,
    flagged.reading,
    flagged.direction,
    flagged.own_state,
    flagged.item_code as source_item_code,
    flagged.item_id,
    flagged.lot_number,
    flagged.serial_number,
    flagged.qty_base,
    flagged.event_code,
    flagged.from_state,
    flagged.to_state,
    flagged.location_id,
    case
        when not flagged.is_from_internal then null
        when
            flagged.from_state <> flagged.own_state
            and (
                flagged.from_state = 'CONSIGN_OUT'
                or (flagged.from_state = 'XFER_TRANSIT' and flagged.reading = 'reversal')
            )
            then coalesce(flagged.counter_location_id, flagged.location_id)
        else flagged.location_id
    end as from_location_id,
    case
        when not flagged.is_to_internal then null
        when
            flagged.to_state <> flagged.own_state
            and (
                flagged.to_state = 'CONSIGN_OUT'
                or (flagged.to_state = 'XFER_TRANSIT' and flagged.reading <> 'reversal')
            )
            then coalesce(flagged.counter_location_id, flagged.location_id)
        else flagged.location_id
    end as to_location_id,
    case
        when flagged.from_state = 'EXT_CUSTOMER' or flagged.from_state = 'BILL_HOLD'
            then flagged.customer_id
        when flagged.is_from_internal then flagged.owner_id
    end as from_owner,
    case
        when flagged.to_state = 'EXT_CUSTOMER' or flagged.to_state = 'BILL_HOLD'
            then flagged.customer_id
        when flagged.is_to_internal then flagged.owner_id
    end as to_owner,
    flagged.event_at,
    flagged.event_date,
    flagged.recorded_at,
    flagged.posting_date,
    flagged.order_id,
    flagged.order_line,
    flagged.shipment_id,
    flagged.shipment_line,
    flagged.receipt_id,
    flagged.receipt_line,
    flagged.transfer_id,
    case when flagged.is_original_found then flagged.reversal_of_movement_id end
        as reversal_of_movement_id,
    flagged.reason_code,
    costs.cost_amount,
    costs.cost_source,
    flagged.to_valued - flagged.from_valued as value_sign
from flagged
left join costs
    on
        flagged.source_system = costs.source_system
        and flagged.company_id = costs.company_id
        and flagged.source_movement_id = costs.source_movement_id
        and flagged.source_movement_line = costs.source_movement_line
