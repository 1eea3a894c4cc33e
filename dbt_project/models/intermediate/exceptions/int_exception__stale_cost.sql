-- L10: goods of a new lot billed at a price, or taken in or sent out at a cost, that had ended before
-- they came. The difference in price is shown under it. A cost is stale where it equals an ended one
-- and another is in force on the day of the receipt.
with

received as (      -- what was ordered at its cost was agreed at it

    select
        receipt_lines.*,
        receipt_lines.unit_cost is not null
        and coalesce(receipt_lines.unit_cost <> order_lines.unit_price, true) as is_costed,
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
        receipt_lines.receipt_type = 'po' and receipt_lines.lot_number is not null
        and coalesce(receipt_lines.status, 'posted') = 'posted'
        and receipt_lines.reversal_of_receipt_id is null

),

lots as (

    select company_id, item_id, lot_number, min(received_date) as received_date from received
    group by company_id, item_id, lot_number

),

costed as (

    select
        company_id, source_system, receipt_id, receipt_line, ref_order_id,
        cast(null as varchar) as movement_id, cast(null as varchar) as shipment_id, '' as shipment_line,
        item_id, lot_number, received_at as costed_at, received_date, qty_received as qty, unit_cost
    from received
    where is_costed
    union all
    select
        issues.company_id, issues.source_system, null, issues.movement_line, null,
        issues.movement_id, issues.shipment_id, issues.shipment_line,
        lots.item_id, issues.lot_number, issues.event_at, lots.received_date, abs(issues.qty),
        issues.unit_cost
    from {{ ref('stg_wms__stock_movement') }} as issues
    inner join {{ ref('int_master__item_code') }} as item_codes
        on
            issues.source_system = item_codes.source_system
            and issues.company_id = item_codes.company_id
            and issues.item_code = item_codes.item_code
    inner join lots
        on
            issues.company_id = lots.company_id
            and item_codes.item_id = lots.item_id
            and issues.lot_number = lots.lot_number
    where
        issues.movement_type = 'ship' and issues.qty < 0 and issues.reversal_of_movement_id is null
        and issues.unit_cost is not null

),

costs as (

    select * from {{ ref('int_valuation__master_cost') }}
    where cost_type = 'last'

),

stale as (

    select
        costed.*,
        ended.valid_to as ended_on,
        current_costs.unit_cost as current_unit_cost,
        row_number() over (
            partition by
                costed.company_id, costed.source_system, costed.receipt_id, costed.receipt_line,
                costed.movement_id
            order by ended.valid_to desc, current_costs.unit_cost desc
        ) as place
    from costed
    inner join costs as ended
        on
            costed.company_id = ended.company_id
            and costed.item_id = ended.item_id
            and costed.unit_cost = ended.unit_cost
            and costed.received_date > ended.valid_to
    inner join costs as current_costs
        on
            costed.company_id = current_costs.company_id
            and costed.item_id = current_costs.item_id
            and costed.received_date between current_costs.valid_from and current_costs.valid_to
            and costed.unit_cost <> current_costs.unit_cost

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
    'STALE_COST', company_id,
    concat_ws('|', source_system, coalesce(receipt_id, concat('movement ', movement_id)), receipt_line), null,
    null, item_id, null, null, null, shipment_id, nullif(shipment_line, ''), null, null, null, null, movement_id, receipt_id, ref_order_id,
    costed_at, costed_at,
    cast(abs(current_unit_cost - unit_cost) * qty as decimal(18, 4)),
    'difference to the cost in force x quantity', 'cost ended before the lot came',
    {{ json_text([
        ('lot_number', 'lot_number'),
        ('unit_cost', 'unit_cost'),
        ('unit_cost_in_force', 'current_unit_cost'),
        ('cost_ended_on', 'ended_on'),
        ('qty', 'qty'),
    ]) }}
from stale
where place = 1
