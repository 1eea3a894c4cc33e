{{ config(materialized='view') }}

select
    company_id,
    source_system,
    invoice_id,
    coalesce(shipment_id, order_id) as document_id,
    coalesce(case when shipment_id is null then order_line else shipment_line end, '')
        as document_line,
    item_code,
    qty_billed
from {{ ref('stg_billing__invoice_line') }}
where line_type = 'item' and coalesce(shipment_id, order_id) is not null
