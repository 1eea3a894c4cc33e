with

receipts as (

    select * from {{ ref('int_purchasing__uncapitalised_receipt') }}

)

select
    'RECEIPT_NOT_CAPITALISED' as code,
    company_id,
    concat_ws('|', 'receipt', receipt_id, receipt_line) as business_key,
    cast(null as varchar) as root_exception_id,
    party_id,
    item_id,
    location_id,
    cast(null as varchar) as order_id,
    cast(null as varchar) as order_line,
    cast(null as varchar) as shipment_id,
    cast(null as varchar) as shipment_line,
    cast(null as varchar) as invoice_id,
    cast(null as varchar) as invoice_line,
    cast(null as varchar) as journal_id,
    cast(null as varchar) as journal_line,
    movement_id,
    receipt_id,
    nullif(purchase_order_id, '') as purchase_order_id,
    received_at as first_event_at,
    received_at + interval 24 hour as detected_at,
    amount as exposure_amount,
    'received quantity at cost' as exposure_basis,
    'no posting a day after receipt' as rule_id,
    {{ json_text([
        ('receipt_line', 'receipt_line'),
        ('purchase_order_line', 'purchase_order_line'),
        ('qty', 'qty'),
        ('received_at', 'received_at'),
        ('supplier_invoice', "case when is_uninvoiced then 'none' else 'received' end"),
    ]) }} as evidence
from receipts
