{{ config(materialized='view') }}

-- Posted receipts said as stock movements, for locations that send documents only: what was
-- accepted, and apart from it what was rejected: it waits in inspection, then to go back.
with

receipt_lines as (

    select * from {{ ref('stg_wms__receipt_line') }}

),

receipt_kinds as (

    select * from {{ ref('int_stock__receipt_kind') }}

),

split as (

    select
        source_system, company_id, receipt_id, receipt_line, 'accepted' as part,
        coalesce(qty_accepted, qty_received - coalesce(qty_rejected, 0)) as qty,
        case
            when receipt_type = 'return' then 'return_hold'
            when receipt_type = 'consignment_in' then 'consigned'
            when inspection_result = 'pending' then 'qc_hold'
            else 'available'
        end as stock_status,
        cast(null as varchar) as from_stock_status
    from receipt_lines
    union all
    select
        source_system, company_id, receipt_id, receipt_line, 'rejected' as part,
        qty_received - coalesce(qty_accepted, qty_received - coalesce(qty_rejected, 0)) as qty,
        case when receipt_type = 'return' then 'return_hold' else 'qc_hold' end, null
    from receipt_lines
    union all
    select
        source_system, company_id, receipt_id, receipt_line, 'staged' as part,
        qty_received - coalesce(qty_accepted, qty_received - coalesce(qty_rejected, 0)) as qty,
        'rtv', 'qc_hold'
    from receipt_lines
    where receipt_type <> 'return'

)

select
    receipt_lines.source_system,
    receipt_lines.company_id,
    concat('receipt ', receipt_lines.receipt_id) as source_movement_id,
    concat_ws(' ', receipt_lines.receipt_line, case when split.part <> 'accepted' then split.part end)
        as source_movement_line,
    case
        when split.part = 'staged' then 'rtv'
        when receipt_lines.receipt_type = 'transfer' then 'transfer_in'
        when receipt_lines.receipt_type = 'return' then 'return_receipt'
        when receipt_lines.receipt_type = 'production' then 'wip_complete'
        when receipt_lines.receipt_type = 'consignment_in' then 'consign_in'
        else 'receipt'
    end as movement_type,
    receipt_kinds.document_type,
    receipt_lines.item_code,
    split.qty,
    receipt_lines.uom,
    receipt_lines.location_code,
    receipt_kinds.counter_location_code,
    split.stock_status,
    split.from_stock_status,
    coalesce(receipt_lines.lot_number, '') as lot_number,
    coalesce(receipt_lines.serial_number, '') as serial_number,
    receipt_lines.received_at as event_at,
    receipt_lines.receipt_id,
    receipt_lines.receipt_line,
    case when receipt_lines.receipt_type = 'transfer' then receipt_lines.ref_order_id end
        as transfer_id,
    case when receipt_lines.receipt_type = 'po' then receipt_lines.ref_order_id end
        as purchase_order_id,
    case when receipt_lines.receipt_type = 'po' then receipt_lines.ref_order_line end
        as purchase_order_line,
    receipt_lines.unit_cost as given_unit_cost,
    receipt_lines.return_reason_code as reason_code,
    receipt_lines._delivered_at as known_at,
    receipt_lines._source_file,
    receipt_lines._row_number
from receipt_lines
inner join split
    on
        receipt_lines.source_system = split.source_system
        and receipt_lines.company_id = split.company_id
        and receipt_lines.receipt_id = split.receipt_id
        and receipt_lines.receipt_line = split.receipt_line
inner join receipt_kinds
    on
        receipt_lines.company_id = receipt_kinds.company_id
        and receipt_lines.receipt_id = receipt_kinds.receipt_id
        and receipt_lines.receipt_line = receipt_kinds.receipt_line
where
    coalesce(receipt_lines.status, 'posted') = 'posted'
    and split.qty <> 0
