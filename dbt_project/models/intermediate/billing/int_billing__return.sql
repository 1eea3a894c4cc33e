-- What customers sent back, with the sale it came from and what was decided (ruling A4: the second
-- movement out of the hold, else the receipt line; both are in the stock ledger by then).

with

receipts as (

    select * from {{ ref('stg_wms__receipt_line') }}
    where
        receipt_type = 'return'
        and coalesce(status, 'posted') = 'posted'
        and reversal_of_receipt_id is null

),

accepted as (

    select
        company_id,
        receipt_id,
        receipt_line,
        min(event_at) as accepted_at,
        sum(qty_base) as accepted_qty
    from {{ ref('int_stock__move') }}
    where event_code in ('E31', 'E32') and receipt_id is not null
    group by company_id, receipt_id, receipt_line

),

shipped_lines as (

    select
        company_id, shipment_id, shipment_line,
        min(order_id) as order_id,
        min(order_line) as order_line,
        min(customer_code) as customer_code,
        min(party_id) as party_id,
        min(item_id) as item_id,
        min(expected_billing_id) as expected_billing_id,
        min(expected_unit_price_doc) as expected_unit_price_doc,
        min(currency_doc) as currency_doc,
        min(unit_top) as unit_top,
        min(unit_bottom) as unit_bottom
    from {{ ref('int_billing__expected_line') }}
    where event_type is null
    group by company_id, shipment_id, shipment_line

)

select
    receipts.company_id,
    receipts.source_system,
    receipts.receipt_id,
    receipts.receipt_line,
    receipts.received_at,
    receipts.original_shipment_id as shipment_id,
    receipts.original_shipment_line as shipment_line,
    receipts.return_reason_code,
    shipped_lines.expected_billing_id,
    shipped_lines.order_id,
    shipped_lines.order_line,
    shipped_lines.party_id,
    coalesce(item_codes.item_id, receipts.item_code) as item_id,
    locations.location_id,
    coalesce(locations.timezone, companies.timezone) as timezone,
    case
        when receipts.uom <> item_codes.base_uom and unit_factors.numerator is not null
            then {{ divide_exact(
                'receipts.qty_received * unit_factors.numerator', 'unit_factors.denominator', 6
            ) }}
        else receipts.qty_received
    end as qty,
    accepted.accepted_at,
    accepted.accepted_qty,
    shipped_lines.expected_unit_price_doc,
    shipped_lines.currency_doc,
    shipped_lines.unit_top,
    shipped_lines.unit_bottom
from receipts
inner join {{ ref('int_master__company') }} as companies
    on receipts.company_id = companies.company_id
left join {{ ref('int_master__item_code') }} as item_codes
    on
        receipts.source_system = item_codes.source_system
        and receipts.company_id = item_codes.company_id
        and receipts.item_code = item_codes.item_code
left join {{ ref('int_master__location_code') }} as locations
    on
        receipts.source_system = locations.source_system
        and receipts.company_id = locations.company_id
        and receipts.location_code = locations.location_code
left join {{ ref('int_master__unit_factor') }} as unit_factors
    on
        companies.company_id = unit_factors.company_id
        and item_codes.item_id = unit_factors.item_id
        and receipts.uom = unit_factors.uom
        and cast(receipts.received_at as date)
        between unit_factors.valid_from and unit_factors.valid_to
left join accepted
    on
        receipts.company_id = accepted.company_id
        and receipts.receipt_id = accepted.receipt_id
        and receipts.receipt_line = accepted.receipt_line
left join shipped_lines
    on
        receipts.company_id = shipped_lines.company_id
        and receipts.original_shipment_id = shipped_lines.shipment_id
        and receipts.original_shipment_line = shipped_lines.shipment_line
cross join {{ ref('int_control__run') }} as run
where receipts.received_at <= run.as_of_at
