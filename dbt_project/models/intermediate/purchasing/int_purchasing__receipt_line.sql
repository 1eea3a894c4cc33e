with

companies as (

    select * from {{ ref('int_master__company') }}

),

receipt_lines as (

    select
        source_system, company_id, receipt_id, receipt_line, receipt_number,
        ref_order_id, ref_order_line, supplier_code, received_at, item_code, location_code,
        qty_received, uom, unit_cost
    from {{ ref('stg_wms__receipt_line') }}
    where receipt_type = 'po' and coalesce(status, 'posted') = 'posted'
    union all
    select
        source_system, company_id, receipt_id, receipt_line, null,
        po_id, po_line, null, received_at, item_code, location_code,
        qty_received, uom, null
    from {{ ref('int_purchasing__moved_receipt') }}

),

order_lines as (

    select * from {{ ref('int_purchasing__order_line') }}

),

item_codes as (

    select * from {{ ref('int_master__item_code') }}

),

locations as (

    select * from {{ ref('int_master__location_code') }}

),

valued_moves as (      -- what the stock ledger took the receipt in at, source of cost and all

    select
        company_id,
        coalesce(receipt_id, source_movement_id) as receipt_id,
        coalesce(receipt_line, case when receipt_id is null then source_movement_line end, '1')
            as receipt_line,
        min(ledger_date) as posting_date,
        min(source_movement_id) as movement_id,
        sum(value_amount) as amount
    from {{ ref('int_ledger__posting_move') }}
    where
        turn = 1
        and source_state in ('EXT_SUPPLIER', 'ON_ORDER', 'IN_TRANSIT_IN')
        and target_state not in ('IN_TRANSIT_IN', 'DROPSHIP_TRANSIT')
        and value_amount <> 0
    group by
        company_id,
        coalesce(receipt_id, source_movement_id),
        coalesce(receipt_line, case when receipt_id is null then source_movement_line end, '1')

)

select
    receipt_lines.company_id,
    receipt_lines.source_system,
    receipt_lines.receipt_id,
    receipt_lines.receipt_line,
    receipt_lines.receipt_number,
    receipt_lines.ref_order_id as po_id,
    receipt_lines.ref_order_line as po_line,
    coalesce(order_lines.party_id, receipt_lines.supplier_code) as party_id,
    receipt_lines.received_at,
    coalesce(
        valued_moves.posting_date,
        {{ local_date('receipt_lines.received_at', 'coalesce(locations.timezone, companies.timezone)') }}
    ) as posting_date,
    valued_moves.movement_id,
    coalesce(item_codes.item_id, receipt_lines.item_code) as item_id,
    locations.location_id,
    receipt_lines.qty_received,
    receipt_lines.uom,
    coalesce(prices.is_billed, false) as is_valued_later,
    -- a service has no cost of stock: it is worth what its order or, later, its invoice says
    cast(
        coalesce(
            case when coalesce(items.item_type, 'stock') <> 'service' then coalesce(
                prices.price_amount, valued_moves.amount,
                receipt_lines.qty_received * receipt_lines.unit_cost
            ) end,
            receipt_lines.qty_received * order_lines.unit_price
        ) as decimal(18, 4)
    ) as received_amount
from receipt_lines
inner join companies
    on receipt_lines.company_id = companies.company_id
left join order_lines
    on
        receipt_lines.company_id = order_lines.company_id
        and receipt_lines.ref_order_id = order_lines.po_id
        and receipt_lines.ref_order_line = order_lines.po_line
left join item_codes
    on
        receipt_lines.source_system = item_codes.source_system
        and receipt_lines.company_id = item_codes.company_id
        and receipt_lines.item_code = item_codes.item_code
left join {{ ref('int_master__item') }} as items
    on
        receipt_lines.company_id = items.company_id
        and item_codes.item_id = items.item_id
left join locations
    on
        receipt_lines.source_system = locations.source_system
        and receipt_lines.company_id = locations.company_id
        and receipt_lines.location_code = locations.location_code
left join {{ ref('int_purchasing__receipt_price') }} as prices
    on
        receipt_lines.company_id = prices.company_id
        and receipt_lines.receipt_id = prices.receipt_id
        and receipt_lines.receipt_line = prices.receipt_line
left join valued_moves
    on
        receipt_lines.company_id = valued_moves.company_id
        and receipt_lines.receipt_id = valued_moves.receipt_id
        and receipt_lines.receipt_line = valued_moves.receipt_line
where
    {{ local_date('receipt_lines.received_at', 'companies.timezone') }} <= companies.as_of_date
