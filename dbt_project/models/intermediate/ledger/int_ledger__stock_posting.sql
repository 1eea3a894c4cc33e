-- What each movement of goods does to the ledger: the state it enters is debited, the state it
-- leaves is credited; where one side is not on our balance sheet, the role that the seed
-- ledger_counter_role names stands against inventory.

with

moves as (

    select * from {{ ref('int_valuation__costed_move') }}
    where movement_cost_amount <> 0

),

states as (

    select * from {{ ref('stock_state') }}

),

profiles as (

    select * from {{ ref('int_policy__posting_profile') }}

),

valued as (

    select
        moves.*,
        abs(moves.movement_cost_amount) as value_amount,
        coalesce(profiles.interim_receipts, false) as has_interim,
        from_states.valued_when <> 'never'
        and coalesce(moves.from_owner, moves.company_id) = moves.company_id as is_from_valued,
        to_states.valued_when <> 'never'
        and coalesce(moves.to_owner, moves.company_id) = moves.company_id as is_to_valued,
        case
            when profiles.interim_receipts
                then coalesce(from_states.interim_account_role, from_states.account_role)
            else from_states.account_role
        end as from_role,
        case
            when profiles.interim_receipts
                then coalesce(to_states.interim_account_role, to_states.account_role)
            else to_states.account_role
        end as to_role
    from moves
    inner join states as from_states
        on moves.from_state = from_states.stock_state
    inner join states as to_states
        on moves.to_state = to_states.stock_state
    left join profiles
        on
            moves.company_id = profiles.company_id
            and moves.posting_date between profiles.valid_from and profiles.valid_to

),

sides as (      -- a step inside one account and place posts nothing

    select
        valued.*, 1 as direction, to_state as stock_state, is_to_valued as is_valued,
        to_role as state_role, coalesce(to_location_id, from_location_id, '') as location_id
    from valued
    where
        is_to_valued and not is_from_valued
        or is_from_valued and not is_to_valued
        or is_from_valued and (to_role <> from_role or to_location_id <> from_location_id)
    union all
    select
        valued.*, -1, from_state, is_from_valued,
        from_role, coalesce(from_location_id, to_location_id, '')
    from valued
    where
        is_to_valued and not is_from_valued
        or is_from_valued and not is_to_valued
        or is_from_valued and (to_role <> from_role or to_location_id <> from_location_id)

),

posted as (

    select
        sides.company_id,
        sides.move_id,
        sides.source_system,
        sides.source_movement_id as movement_id,
        sides.source_movement_line as movement_line,
        sides.event_code,
        sides.posting_date,
        sides.item_id,
        coalesce(items.valuation_class, '') as valuation_class,
        sides.location_id,
        sides.shipment_id,
        sides.shipment_line,
        sides.receipt_id,
        sides.receipt_line,
        case
            when sides.is_valued then sides.state_role
            when exact.stock_state is not null then exact.account_role
            else general.account_role
        end as account_role,
        cast(sides.direction * sides.value_amount as decimal(18, 4)) as amount,
        sides.is_valued and sides.direction = 1
        and sides.from_state in ('EXT_SUPPLIER', 'ON_ORDER', 'IN_TRANSIT_IN') as is_from_supplier
    from sides
    left join {{ ref('int_master__item') }} as items
        on
            sides.company_id = items.company_id
            and sides.item_id = items.item_id
    left join {{ ref('ledger_counter_role') }} as exact
        on
            sides.stock_state = exact.stock_state
            and sides.event_code = exact.event_code
    left join {{ ref('ledger_counter_role') }} as general
        on
            sides.stock_state = general.stock_state
            and general.event_code is null

)

-- an opening balance stands in the ledger's own opening: nothing stands against it here
select * from posted
where account_role is not null
