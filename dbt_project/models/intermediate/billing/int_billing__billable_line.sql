{{ config(materialized='view') }}

with

shipped_lines as (

    select * from {{ ref('int_billing__shipped_line') }}

),

order_lines as (

    select * from {{ ref('int_billing__order_line') }}

),

kit_contents as (

    select * from {{ ref('int_billing__kit_content') }}

),

party_codes as (

    select * from {{ ref('int_master__party_code') }}

)

select
    shipped_lines.company_id,
    shipped_lines.source_system,
    shipped_lines.shipment_id,
    shipped_lines.shipment_line,
    shipped_lines.shipment_type,
    shipped_lines.ship_confirm_at,
    shipped_lines.from_location_code,
    shipped_lines.order_id,
    shipped_lines.order_line,
    order_lines.order_id is not null as has_order_line,
    coalesce(order_lines.order_type, '') as order_type,
    coalesce(order_lines.channel, '') as channel,
    coalesce(order_lines.customer_code, shipped_lines.customer_code, '') as customer_code,
    coalesce(order_lines.party_id, party_codes.party_id) as party_id,
    order_lines.customer_po,
    coalesce(shipped_lines.fob_point, order_lines.fob_point) as fob_point,
    order_lines.invoice_policy,
    order_lines.pricing_at,
    shipped_lines.item_id,
    shipped_lines.is_no_charge,
    case
        when shipped_lines.parent_item_code is not null and kit_contents.qty_per is not null
            then {{ divide_exact('shipped_lines.qty_shipped', 'kit_contents.qty_per', 6) }}
        else shipped_lines.qty_shipped
    end as qty_shipped,
    case
        when shipped_lines.parent_item_code is not null
            then coalesce(order_lines.uom, shipped_lines.uom)
        else shipped_lines.uom
    end as uom
from shipped_lines
left join order_lines
    on
        shipped_lines.company_id = order_lines.company_id
        and shipped_lines.order_id = order_lines.order_id
        and shipped_lines.order_line = order_lines.order_line
left join kit_contents
    on
        shipped_lines.company_id = kit_contents.company_id
        and shipped_lines.parent_item_code = kit_contents.parent_item_code
        and shipped_lines.item_code = kit_contents.component_item_code
left join party_codes
    on
        shipped_lines.source_system = party_codes.source_system
        and shipped_lines.company_id = party_codes.company_id
        and shipped_lines.customer_code = party_codes.party_code
        and party_codes.party_role = 'customer'
