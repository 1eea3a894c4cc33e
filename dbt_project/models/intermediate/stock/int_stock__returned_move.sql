{{ config(materialized='view') }}

-- What a receipt line says was decided of a return (E31, E32), where no second movement out of the
-- hold says it (ruling A4). What is kept apart or goes to the vendor is accepted first.
with

decisions as (

    select * from {{ ref('int_stock__document_line') }}
    where kind = 'disposition' and status = 'posted'

),

held as (

    select
        company_id,
        receipt_id,
        receipt_line,
        item_id,
        to_location_id as location_id,
        max(to_owner) as owner_id,
        cast(sum(qty_base) as decimal(18, 6)) as qty_base
    from {{ ref('int_stock__ledger_row') }}
    where to_state = 'RETURN_QC' and receipt_id is not null
    group by company_id, receipt_id, receipt_line, item_id, to_location_id

),

moved_on as (      -- a row out of the hold names its receipt, or speaks for all of its item there

    select distinct
        company_id,
        coalesce(receipt_id, '') as receipt_id,
        coalesce(receipt_line, '') as receipt_line,
        case when receipt_id is null then item_id end as item_id,
        case when receipt_id is null then from_location_id end as location_id
    from {{ ref('int_stock__ledger_row') }}
    where from_state = 'RETURN_QC'

),

decided as (

    select
        decisions.*,
        held.owner_id,
        held.location_id as held_location_id,
        least(held.qty_base, decisions.qty_base) as moved_qty_base
    from decisions
    inner join held
        on
            decisions.company_id = held.company_id
            and decisions.document_id = held.receipt_id
            and decisions.document_line = held.receipt_line
    where not exists (
        select 1
        from moved_on
        where
            moved_on.company_id = held.company_id
            and (
                (moved_on.receipt_id = held.receipt_id and moved_on.receipt_line = held.receipt_line)
                or (moved_on.item_id = held.item_id and moved_on.location_id = held.location_id)
            )
    )

),

steps as (

    select
        'E31' as event_code, 'return_receipt' as movement_type, 'accepted' as part,
        'RETURN_QC' as from_state, 'ON_HAND' as to_state, *
    from decided
    where document_type <> 'scrap'
    union all
    select 'E32', 'scrap', 'scrapped', 'RETURN_QC', 'EXT_SCRAPPED', *
    from decided
    where document_type = 'scrap'
    union all
    select 'E33', 'hold', 'kept apart', 'ON_HAND', 'QUARANTINE', *
    from decided
    where document_type = 'quarantine'
    union all
    select 'E08', 'rtv', 'to the vendor', 'ON_HAND', 'RTV_STAGED', *
    from decided
    where document_type = 'rtv'

)

select
    company_id, source_system, concat('receipt ', document_id) as source_movement_id,
    document_line as source_movement_line, part, movement_type, event_code,
    item_id, item_code, lot_number, serial_number,
    moved_qty_base as qty_base,
    held_location_id as from_location_id,
    from_state,
    owner_id as from_owner,
    case when to_state <> 'EXT_SCRAPPED' then held_location_id end as to_location_id,
    to_state,
    case when to_state <> 'EXT_SCRAPPED' then owner_id end as to_owner,
    event_at, timezone,
    cast(null as varchar) as order_id, cast(null as varchar) as order_line,
    document_id as receipt_id, document_line as receipt_line,
    cast(null as varchar) as transfer_id,
    cast(null as varchar) as reversal_of_move_id,
    reason_code
from steps
