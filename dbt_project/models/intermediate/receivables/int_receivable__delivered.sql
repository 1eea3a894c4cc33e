-- When the goods of an invoice had all arrived, for terms that count from the delivery.

with

shipments as (

    select company_id, source_system, invoice_id, shipment_id
    from {{ ref('stg_billing__invoice_line') }}
    where shipment_id is not null
    group by company_id, source_system, invoice_id, shipment_id

),

deliveries as (

    select company_id, shipment_id, max(delivered_at) as delivered_at
    from {{ ref('int_billing__delivery') }}
    group by company_id, shipment_id

)

select
    shipments.company_id,
    shipments.source_system,
    shipments.invoice_id,
    max({{ local_date('deliveries.delivered_at', 'companies.timezone') }}) as delivered_date
from shipments
inner join deliveries
    on
        shipments.company_id = deliveries.company_id
        and shipments.shipment_id = deliveries.shipment_id
inner join {{ ref('int_master__company') }} as companies
    on shipments.company_id = companies.company_id
group by shipments.company_id, shipments.source_system, shipments.invoice_id
