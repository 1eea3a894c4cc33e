-- Versions of goods that were withdrawn, or went another way than the row that holds now: value events by
-- their own states (ruling A17). An in leg of a transfer belongs to its out leg, withdrawn or not.
with

withdrawn as (

    select
        dated.*,
        from_states.is_pooled and dated.from_owner = dated.company_id as is_from_pool,
        to_states.is_pooled and dated.to_owner = dated.company_id as is_to_pool
    from {{ ref('int_valuation__known_version') }} as dated
    inner join {{ ref('stock_state') }} as from_states
        on dated.from_state = from_states.stock_state
    inner join {{ ref('stock_state') }} as to_states
        on dated.to_state = to_states.stock_state
    where not dated.has_same_way

),

outs as (      -- out legs that a withdrawn in leg may have belonged to

    select company_id, source_system, event_id, source_movement_id, transfer_id, item_id
    from {{ ref('int_valuation__pool_movement') }}
    where event_kind = 'transfer_out'
    union
    select company_id, source_system, move_id, source_movement_id, transfer_id, item_id
    from withdrawn
    where to_state = 'XFER_TRANSIT' and is_from_pool

),

sent as (

    select withdrawn.company_id, withdrawn.move_id, withdrawn.version_number, min(outs.event_id) as event_id
    from withdrawn
    inner join outs
        on
            withdrawn.from_state = 'XFER_TRANSIT'
            and withdrawn.company_id = outs.company_id
            and withdrawn.item_id = outs.item_id
            and (
                withdrawn.transfer_id = outs.transfer_id
                or withdrawn.source_system = outs.source_system
                and withdrawn.linked_movement_id = outs.source_movement_id
            )
    group by withdrawn.company_id, withdrawn.move_id, withdrawn.version_number

)

select
    withdrawn.company_id,
    withdrawn.item_id,
    withdrawn.move_id as event_id,
    withdrawn.version_number,
    withdrawn.source_movement_id as movement_id,
    withdrawn.source_movement_line as movement_line,
    withdrawn.event_code,
    case
        when withdrawn.is_from_pool and withdrawn.is_to_pool
            then case when withdrawn.to_state = 'XFER_TRANSIT' then 'transfer_out' else 'transfer_in' end
        when withdrawn.is_to_pool and withdrawn.event_code = 'E00' then 'opening'
        when withdrawn.is_to_pool and withdrawn.event_code in ('E05', 'E46') then 'receipt'
        when withdrawn.is_to_pool and withdrawn.event_code = 'E29' then 'return_in'
        when withdrawn.is_to_pool then 'count_in'
        when withdrawn.event_code in ('E32', 'E36') then 'scrap'
        when withdrawn.event_code in ('E27', 'E37', 'E40') then 'count_out'
        when withdrawn.event_code = 'E09' then 'return_out'
        else 'issue'
    end as event_kind,
    withdrawn.posting_date,
    withdrawn.event_at,
    withdrawn.qty_base,
    cast(case
        when withdrawn.is_to_pool and not withdrawn.is_from_pool
            then coalesce(abs(withdrawn.given_cost_amount), withdrawn.given_unit_cost * abs(withdrawn.qty))
    end as decimal(18, 4)) as amount,
    cast(null as varchar) as cost_source,
    coalesce(sent.event_id, '') as linked_event_id,
    '' as job_id,
    coalesce(withdrawn.lot_number, '') as lot_number,
    coalesce(case
        when withdrawn.is_to_pool and withdrawn.to_state <> 'XFER_TRANSIT' then withdrawn.to_location_id
        else withdrawn.from_location_id
    end, '') as location_id,
    false as is_on_the_way,
    withdrawn.version_known_at as known_at,
    withdrawn.superseded_at as replaced_at
from withdrawn
left join sent
    on
        withdrawn.company_id = sent.company_id
        and withdrawn.move_id = sent.move_id
        and withdrawn.version_number = sent.version_number
where
    withdrawn.is_from_pool <> withdrawn.is_to_pool
    or withdrawn.is_from_pool and 'XFER_TRANSIT' in (withdrawn.from_state, withdrawn.to_state)
