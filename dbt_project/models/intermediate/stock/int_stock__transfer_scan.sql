-- Everything that says where the goods of a transfer were: both legs with who scanned them, the
-- carrier's own events, and the notice of arrival, which names neither a person nor a scan.

with

moves as (

    select * from {{ ref('int_stock__move') }}
    where transfer_id is not null and event_code in ('E38', 'E39', 'E42')

),

movements as (

    select * from {{ ref('stg_wms__stock_movement') }}

),

papers as (

    select * from {{ ref('int_stock__transfer_paper') }}

),

shipped as (      -- the shipment a transfer left with

    select
        company_id, transfer_id, item_id,
        coalesce(shipment_id, transfer_id) as shipment_id
    from moves
    where to_state = 'XFER_TRANSIT'
    group by company_id, transfer_id, item_id, coalesce(shipment_id, transfer_id)

),

carried as (

    select
        company_id, shipment_id, event_type, event_at, recorded_at, signed_by, source_system,
        event_seq
    from {{ ref('stg_wms__delivery_event') }}
    where event_type in ('pickup', 'delivered', 'pod_signed', 'partial')

)

select
    moves.company_id, moves.transfer_id, moves.item_id,
    case when moves.to_state = 'XFER_TRANSIT' then 1 else 4 end as step_number,
    'movement' as evidence,
    concat_ws('/', moves.source_system, moves.source_movement_id) as evidence_id,
    moves.event_at as happened_at, moves.recorded_at,
    movements.user_id as done_by, movements.scan_method,
    moves.qty_base
from moves
left join movements
    on
        moves.source_system = movements.source_system
        and moves.company_id = movements.company_id
        and case when moves.source_feed = 'movement' then moves.source_movement_id end = movements.movement_id
        and moves.source_movement_line = movements.movement_line
where
    moves.to_state = 'XFER_TRANSIT'
    or (moves.from_state = 'XFER_TRANSIT' and moves.to_state <> 'EXT_ADJUST')

union all

select
    shipped.company_id, shipped.transfer_id, shipped.item_id,
    case when carried.event_type = 'pickup' then 2 else 3 end,
    'carrier', concat_ws('/', carried.source_system, carried.shipment_id, carried.event_seq),
    carried.event_at, carried.recorded_at, carried.signed_by, 'edi', cast(null as decimal(18, 6))
from shipped
inner join carried
    on
        shipped.company_id = carried.company_id
        and shipped.shipment_id = carried.shipment_id

union all

select
    company_id, transfer_id, item_id, 2, 'notice', concat_ws('/', transfer_id, transfer_line),
    shipped_at, null, carrier_code, null, qty_expected
from papers
where shipped_at is not null

union all

select
    company_id, transfer_id, item_id, 3, 'notice', concat_ws('/', transfer_id, transfer_line),
    null, null, carrier_code, null, null
from papers
where has_arrived
