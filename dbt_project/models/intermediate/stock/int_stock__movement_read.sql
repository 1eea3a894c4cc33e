{{ config(materialized='view') }}

-- What each movement row says in our words: its own state, the other one where it is given, and
-- which of the ways below it is to be read.
with

movements as (

    select * from {{ ref('int_stock__movement') }}

),

statuses as (

    select * from {{ ref('stock_status') }}

),

linked as (

    select * from {{ ref('int_stock__linked_movement') }}

),

owners as (

    select * from {{ ref('int_master__owner') }}

),

owned as (

    select
        movements.*,
        coalesce(owners.owner_id, movements.owner_party_code, movements.company_id) as owner_id,
        coalesce(owners.owner_id, movements.owner_party_code) <> movements.company_id as is_of_another,
        coalesce(owners.is_supplier, false) as is_supplier
    from movements
    left join owners
        on
            movements.company_id = owners.company_id
            and movements.owner_party_code = owners.party_code

),

with_states as (

    select
        owned.*,
        coalesce(owned.is_of_another, false) as is_owner_given,
        case
            when owned.document_type = 'work_order' then 'WIP'
            when owned.stock_status = 'in_transit' and owned.movement_type = 'deliver'
                then 'IN_TRANSIT_OUT'
            when
                owned.stock_status = 'consigned'
                and (
                    owned.is_of_another
                    or owned.document_type = 'consignment_in'
                    or (owned.movement_type = 'consign_in' and owned.qty > 0)
                )
                then 'CONSIGN_IN'
            -- a supplier's goods that come in are consigned, whatever the shelf is called
            when
                owned.stock_status = 'available'
                and (
                    owned.movement_type in ('receipt', 'consign_in')
                    and (owned.is_of_another or owned.document_type = 'consignment_in')
                    or owned.movement_type = 'opening' and owned.is_supplier
                )
                then 'CONSIGN_IN'
            -- ours at the customer's site is consigned, and what is used or taken back was there
            when
                owned.stock_status = 'available' and owned.qty < 0
                and owned.movement_type in ('consign_consume', 'consign_in')
                then 'CONSIGN_OUT'
            else statuses.stock_state
        end as own_state,
        from_statuses.stock_state as given_from_state
    from owned
    inner join statuses
        on owned.stock_status = statuses.stock_status
    left join statuses as from_statuses
        on owned.from_stock_status = from_statuses.stock_status

),

with_partner as (      -- two rows for one item in one place that only change its state are one move

    select
        with_states.*,
        linked.linked_location_id,
        linked_statuses.stock_state as linked_state,
        coalesce(
            linked.linked_location_id = with_states.location_id
            and linked.linked_item_id = with_states.item_id
            and linked.linked_qty_base = -with_states.qty_base
            and linked.linked_stock_status <> with_states.stock_status
            and with_states.from_stock_status is null,
            false
        ) as is_state_pair
    from with_states
    left join linked
        on
            with_states.source_system = linked.source_system
            and with_states.company_id = linked.company_id
            and with_states.source_movement_id = linked.source_movement_id
            and with_states.source_movement_line = linked.source_movement_line
    left join statuses as linked_statuses
        on linked.linked_stock_status = linked_statuses.stock_status

)

select
    *,
    case when qty > 0 then 'in' else 'out' end as direction,
    coalesce(given_from_state, case when is_state_pair then own_state end) as pair_from_state,
    case
        when given_from_state is not null then own_state
        when is_state_pair then linked_state
    end as pair_to_state,
    case
        when problem is not null then 'not_read'
        when movement_type = 'cost_only' then 'value_only'
        when is_state_pair and qty > 0 then 'told_by_partner'
        when reversal_of_movement_id is not null or movement_type = 'unship' then 'reversal'
        -- a document that takes back another one carries the opposite sign
        when feed = 'document' and qty < 0 and receipt_id is not null then 'reversal'
        when feed = 'document' and qty > 0 and shipment_id is not null then 'reversal'
        when given_from_state = own_state then 'same_state'
        when given_from_state is not null or is_state_pair then 'both_sides'
        when movement_type = 'move' then 'same_state'
        else 'one_side'
    end as reading,
    -- by which of the two lists the row is looked up; both sides and a negative quantity by none
    case when given_from_state is null and not is_state_pair then movement_type end
        as rule_movement_type,
    case when is_state_pair or (given_from_state is not null and qty > 0) then movement_type end
        as pair_movement_type,
    case
        when reversal_of_movement_id is not null or feed = 'document' or movement_type = 'unship'
            then case when movement_type = 'unship' then 'ship' else movement_type end
    end as mirror_movement_type
from with_partner
