{{ config(materialized='view') }}

-- Ruling A21: what is not billed is known only as far as the slowest invoice feed reaches.
with

companies as (

    select * from {{ ref('int_master__company') }}

),

watermarks as (

    select * from {{ ref('stg_ingest__feed_watermark') }}

)

select
    companies.company_id,
    case
        when
            count(case when watermarks.feed = 'billing_invoice' then 1 end) > 0
            and count(case when watermarks.feed = 'billing_invoice_line' then 1 end) > 0
            then min(
                case
                    when watermarks.feed in ('billing_invoice', 'billing_invoice_line')
                        then watermarks.watermark_at
                end
            )
    end as invoices_known_until,
    case
        when
            count(case when watermarks.feed = 'wms_shipment' then 1 end) > 0
            and count(case when watermarks.feed = 'wms_shipment_line' then 1 end) > 0
            then min(
                case
                    when watermarks.feed in ('wms_shipment', 'wms_shipment_line')
                        then watermarks.watermark_at
                end
            )
    end as shipments_known_until
from companies
left join watermarks
    on watermarks.company_id in (companies.company_id, '*')
group by companies.company_id
