-- What a receipt takes its goods from: what a notice announced and is ours already or not, what is
-- on order, what a customer sent back or never accepted. A receipt of an order line with one notice
-- belongs to that notice, named or not.
with

receipt_lines as (      -- a receipt may be told by two systems; it is still one document

    select
        *,
        row_number() over (
            partition by company_id, receipt_id, receipt_line
            order by source_system
        ) as preference
    from {{ ref('stg_wms__receipt_line') }}

),

orders as (

    select * from {{ ref('int_stock__order') }}

),

notices as (

    select * from {{ ref('int_stock__notice') }}
    where inbound_type = 'po'

),

only_notices as (

    select
        company_id,
        ref_order_id,
        ref_order_line,
        min(inbound_id) as inbound_id,
        min(inbound_line) as inbound_line
    from notices
    group by company_id, ref_order_id, ref_order_line
    having count(*) = 1

),

refused as (

    select
        company_id,
        shipment_id,
        shipment_line,
        min(location_code) as location_code
    from {{ ref('int_stock__delivery_movement') }}
    where document_type = 'refused'
    group by company_id, shipment_id, shipment_line

),

suppliers as (

    select * from {{ ref('int_master__party_code') }}
    where party_role = 'supplier'

),

named as (

    select
        receipt_lines.*,
        coalesce(suppliers.party_id, receipt_lines.supplier_code) as supplier_id,
        coalesce(receipt_lines.inbound_id, only_notices.inbound_id) as notice_id,
        coalesce(
            receipt_lines.inbound_line,
            case when receipt_lines.inbound_id is null then only_notices.inbound_line end
        ) as notice_line
    from receipt_lines
    left join only_notices
        on
            receipt_lines.company_id = only_notices.company_id
            and receipt_lines.ref_order_id = only_notices.ref_order_id
            and receipt_lines.ref_order_line = only_notices.ref_order_line
    left join suppliers
        on
            receipt_lines.source_system = suppliers.source_system
            and receipt_lines.company_id = suppliers.company_id
            and receipt_lines.supplier_code = suppliers.party_code
    where receipt_lines.preference = 1

)

select
    named.company_id,
    named.receipt_id,
    named.receipt_line,
    named.receipt_type,
    named.ref_order_id,
    named.ref_order_line,
    notices.inbound_id,
    notices.inbound_line,
    refused.location_code as counter_location_code,
    coalesce(notices.supplier_id, orders.supplier_id, named.supplier_id) as supplier_id,
    case
        when named.receipt_type = 'return' and refused.shipment_id is not null
            then 'return_refused'
        when named.receipt_type <> 'po' then named.receipt_type
        when notices.title_at <= named.received_at then 'po_owned'
        when notices.inbound_id is not null then 'po_announced'
        when orders.purchase_order_id is not null then 'po_ordered'
        else 'po'
    end as document_type
from named
left join notices
    on
        named.company_id = notices.company_id
        and named.notice_id = notices.inbound_id
        and named.notice_line = notices.inbound_line
left join orders
    on
        named.company_id = orders.company_id
        and named.ref_order_id = orders.purchase_order_id
        and named.ref_order_line = orders.purchase_order_line
left join refused
    on
        named.company_id = refused.company_id
        and named.original_shipment_id = refused.shipment_id
        and named.original_shipment_line = refused.shipment_line
