-- L10: goods of a new lot billed at a price, or taken in at a cost, that had ended before they came.
-- The difference in price is shown under it. A cost is stale where it equals an ended one and another
-- is in force on the day of the receipt.

with

receipts as (

    select
        receipt_lines.*,
        coalesce(item_codes.item_id, receipt_lines.item_code) as item_id,
        {{ local_date('receipt_lines.received_at', 'companies.timezone') }} as received_date
    from {{ ref('stg_wms__receipt_line') }} as receipt_lines
    inner join {{ ref('int_master__company') }} as companies
        on receipt_lines.company_id = companies.company_id
    left join {{ ref('int_master__item_code') }} as item_codes
        on
            receipt_lines.source_system = item_codes.source_system
            and receipt_lines.company_id = item_codes.company_id
            and receipt_lines.item_code = item_codes.item_code
    left join {{ ref('int_purchasing__order_line') }} as order_lines
        on
            receipt_lines.company_id = order_lines.company_id
            and receipt_lines.ref_order_id = order_lines.po_id
            and receipt_lines.ref_order_line = order_lines.po_line
    where
        -- what was ordered at that cost was agreed at it
        coalesce(receipt_lines.unit_cost <> order_lines.unit_price, true)
        and receipt_lines.receipt_type = 'po'
        and receipt_lines.lot_number is not null
        and receipt_lines.unit_cost is not null
        and coalesce(receipt_lines.status, 'posted') = 'posted'
        and receipt_lines.reversal_of_receipt_id is null

),

costs as (

    select * from {{ ref('int_valuation__master_cost') }}
    where cost_type = 'last'

),

stale_receipts as (

    select
        receipts.company_id,
        receipts.source_system,
        receipts.receipt_id,
        receipts.receipt_line,
        receipts.ref_order_id,
        receipts.item_id,
        receipts.lot_number,
        receipts.received_at,
        receipts.qty_received,
        receipts.unit_cost,
        max(ended.valid_to) as ended_on,
        min(current_costs.unit_cost) as current_unit_cost
    from receipts
    inner join costs as ended
        on
            receipts.company_id = ended.company_id
            and receipts.item_id = ended.item_id
            and receipts.unit_cost = ended.unit_cost
            and receipts.received_date > ended.valid_to
    inner join costs as current_costs
        on
            receipts.company_id = current_costs.company_id
            and receipts.item_id = current_costs.item_id
            and receipts.received_date between current_costs.valid_from and current_costs.valid_to
            and receipts.unit_cost <> current_costs.unit_cost
    group by
        receipts.company_id, receipts.source_system, receipts.receipt_id, receipts.receipt_line,
        receipts.ref_order_id, receipts.item_id, receipts.lot_number, receipts.received_at,
        receipts.qty_received, receipts.unit_cost

)

select
    'STALE_COST' as code,
    company_id,
    business_key,
    cast(null as varchar) as root_exception_id,
    party_id,
    item_id,
    location_id,
    order_id,
    order_line,
    shipment_id,
    shipment_line,
    invoice_id,
    invoice_line,
    cast(null as varchar) as journal_id,
    cast(null as varchar) as journal_line,
    cast(null as varchar) as movement_id,
    cast(null as varchar) as receipt_id,
    cast(null as varchar) as purchase_order_id,
    first_event_at,
    detected_at,
    exposure_amount,
    'difference to the price in force x quantity' as exposure_basis,
    'price ended before the lot came' as rule_id,
    evidence
from {{ ref('int_exception__price') }}
where root_exception_id is not null
union all
select
    'STALE_COST', company_id, concat_ws('|', source_system, receipt_id, receipt_line), null,
    null, item_id, null, null, null, null, null, null, null, null, null, null, receipt_id, ref_order_id,
    received_at, received_at,
    cast(abs(current_unit_cost - unit_cost) * qty_received as decimal(18, 4)),
    'difference to the cost in force x quantity', 'cost ended before the lot came',
    {{ json_text([
        ('lot_number', 'lot_number'),
        ('unit_cost', 'unit_cost'),
        ('unit_cost_in_force', 'current_unit_cost'),
        ('cost_ended_on', 'ended_on'),
        ('qty_received', 'qty_received'),
    ]) }}
from stale_receipts
