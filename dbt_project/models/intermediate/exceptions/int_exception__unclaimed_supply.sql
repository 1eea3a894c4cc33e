-- L11 of suppliers: billed more than was accepted of a receipt line, no credit ten days later.

with

run as (

    select * from {{ ref('int_control__run') }}

),

settings as (

    select * from {{ ref('int_control__billing_setting') }}

),

billed as (

    select
        company_id,
        receipt_id,
        receipt_line,
        sum(qty_invoiced) as qty,
        sum(invoiced_amount) as amount,
        sum(case when qty_invoiced > 0 then qty_invoiced end) as charged_qty,
        sum(case when qty_invoiced > 0 then invoiced_amount end) as charged_amount,
        max(invoice_date) as invoice_date
    from {{ ref('int_purchasing__supplier_line') }}
    where receipt_id is not null and receipt_line is not null and line_type = 'item'
    group by company_id, receipt_id, receipt_line

),

received as (

    select
        receipts.*,
        receipts.qty_received - coalesce(receipts.qty_rejected, 0) as accepted_qty,
        receipts.qty_accepted is not null or receipts.qty_rejected is not null as is_inspected,
        coalesce(receipts.inspection_at, receipts.received_at) as known_at
    from {{ ref('stg_wms__receipt_line') }} as receipts
    where
        receipts.receipt_type = 'po'
        and coalesce(receipts.status, 'posted') = 'posted'
        and receipts.reversal_of_receipt_id is null

)

select
    'UNCLAIMED_RECOVERY' as code,
    received.company_id,
    concat_ws('|', received.source_system, received.receipt_id, received.receipt_line) as business_key,
    cast(null as varchar) as root_exception_id,
    received.supplier_code as party_id,
    coalesce(item_codes.item_id, received.item_code) as item_id,
    locations.location_id,
    cast(null as varchar) as order_id,
    cast(null as varchar) as order_line,
    cast(null as varchar) as shipment_id,
    cast(null as varchar) as shipment_line,
    cast(null as varchar) as invoice_id,
    cast(null as varchar) as invoice_line,
    cast(null as varchar) as journal_id,
    cast(null as varchar) as journal_line,
    cast(null as varchar) as movement_id,
    received.receipt_id,
    received.ref_order_id as purchase_order_id,
    received.known_at as first_event_at,
    received.known_at as detected_at,
    cast(
        (billed.qty - received.accepted_qty) * billed.charged_amount / nullif(billed.charged_qty, 0)
        as decimal(18, 4)
    ) as exposure_amount,
    'billed and not accepted, at the price billed' as exposure_basis,
    'days to claim' as rule_id,
    {{ json_text([
        ('billed_qty', 'billed.qty'),
        ('received_qty', 'received.qty_received'),
        ('rejected_qty', 'received.qty_rejected'),
        ('known_at', 'received.known_at'),
        ('invoice_date', 'billed.invoice_date'),
    ]) }} as evidence
from received
cross join run
cross join settings
inner join billed
    on
        received.company_id = billed.company_id
        and received.receipt_id = billed.receipt_id
        and received.receipt_line = billed.receipt_line
        and received.accepted_qty < billed.qty
left join {{ ref('int_master__item_code') }} as item_codes
    on
        received.source_system = item_codes.source_system
        and received.company_id = item_codes.company_id
        and received.item_code = item_codes.item_code
left join {{ ref('int_master__location_code') }} as locations
    on
        received.source_system = locations.source_system
        and received.company_id = locations.company_id
        and received.location_code = locations.location_code
where
    received.known_at + settings.claim_days * interval 1 day < run.as_of_at
    and cast(billed.invoice_date + settings.claim_days * interval 1 day as date)
    < cast(run.as_of_at as date)
