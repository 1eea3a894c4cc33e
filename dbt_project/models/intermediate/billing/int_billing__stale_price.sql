-- Invoice lines billed at a price that had ended before their lot came in. The invoice names the
-- price row; where it does not, an ended price of the item that equals the billed one is meant.

with

lots as (

    select
        receipts.company_id,
        item_codes.item_id,
        receipts.lot_number,
        min({{ local_date('receipts.received_at', 'companies.timezone') }}) as received_date
    from {{ ref('stg_wms__receipt_line') }} as receipts
    inner join {{ ref('int_master__company') }} as companies
        on receipts.company_id = companies.company_id
    inner join {{ ref('int_master__item_code') }} as item_codes
        on
            receipts.source_system = item_codes.source_system
            and receipts.company_id = item_codes.company_id
            and receipts.item_code = item_codes.item_code
    where
        receipts.lot_number is not null
        and receipts.receipt_type in ('po', 'production', 'consignment_in')
    group by receipts.company_id, item_codes.item_id, receipts.lot_number

),

shipped_lots as (

    select company_id, shipment_id, shipment_line, min(lot_number) as lot_number
    from {{ ref('stg_wms__shipment_line') }}
    where lot_number is not null
    group by company_id, shipment_id, shipment_line

),

ended as (

    select company_id, item_id, price_id, currency, uom, unit_price, valid_to
    from {{ ref('int_billing__price') }}
    where valid_to < date '9999-12-31'

),

billed as (

    select
        invoice_lines.company_id,
        invoice_lines.source_system,
        invoice_lines.invoice_id,
        invoice_lines.invoice_line,
        invoice_lines.price_source,
        invoice_lines.currency_doc,
        invoice_lines.uom,
        invoice_lines.actual_unit_price_doc,
        lots.item_id,
        lots.lot_number,
        lots.received_date
    from {{ ref('int_billing__invoice_line') }} as invoice_lines
    left join shipped_lots
        on
            invoice_lines.company_id = shipped_lots.company_id
            and invoice_lines.shipment_id = shipped_lots.shipment_id
            and invoice_lines.shipment_line = shipped_lots.shipment_line
    inner join lots
        on
            invoice_lines.company_id = lots.company_id
            and invoice_lines.item_id = lots.item_id
            and lots.lot_number = coalesce(invoice_lines.lot_number, shipped_lots.lot_number)
    where invoice_lines.line_kind = 'goods' and invoice_lines.actual_qty > 0

)

select
    billed.company_id,
    billed.source_system,
    billed.invoice_id,
    billed.invoice_line,
    min(billed.lot_number) as lot_number,
    min(billed.received_date) as received_date,
    max(ended.price_id) as price_id,
    max(ended.valid_to) as price_valid_to
from billed
inner join ended
    on
        billed.company_id = ended.company_id
        and billed.item_id = ended.item_id
        and billed.received_date > ended.valid_to
        and case
            when billed.price_source is not null then billed.price_source = ended.price_id
            else
                billed.currency_doc = ended.currency
                and billed.uom = ended.uom
                and billed.actual_unit_price_doc = ended.unit_price
        end
group by billed.company_id, billed.source_system, billed.invoice_id, billed.invoice_line
