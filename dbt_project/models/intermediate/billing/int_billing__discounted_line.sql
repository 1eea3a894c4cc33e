{{ config(materialized='view') }}

-- A discount may stand on a line of its own that names the goods it is for, by their shipment line or
-- their order line. The price of the goods is what is left; several lines under one name share the
-- discount by their amounts. One that names no goods is no part of a price.
with

lines as (

    select
        *,
        case when shipment_line is not null then concat_ws('|', shipment_id, shipment_line) end
            as shipment_key,
        case when order_line is not null then concat_ws('|', order_id, order_line) end as order_key
    from {{ ref('int_billing__invoice_line') }}
    where line_kind in ('goods', 'discount')

),

discounts as (

    select
        company_id, source_system, invoice_id,
        case when shipment_key is not null then 'shipment' else 'order' end as named_by,
        coalesce(shipment_key, order_key) as goods_key,
        cast(sum(actual_amount_doc) as decimal(18, 4)) as discount_amount
    from lines
    where line_kind = 'discount' and coalesce(shipment_key, order_key) is not null
    group by
        company_id, source_system, invoice_id,
        case when shipment_key is not null then 'shipment' else 'order' end,
        coalesce(shipment_key, order_key)

),

shared as (

    select
        lines.company_id, lines.source_system, lines.invoice_id, lines.invoice_line,
        lines.actual_qty, lines.actual_amount_doc, discounts.discount_amount,
        cast(sum(lines.actual_amount_doc) over (
            partition by
                lines.company_id, lines.source_system, lines.invoice_id, discounts.named_by,
                discounts.goods_key
        ) as decimal(18, 4)) as shared_amount
    from lines
    inner join discounts
        on
            lines.company_id = discounts.company_id
            and lines.source_system = discounts.source_system
            and lines.invoice_id = discounts.invoice_id
            and case discounts.named_by when 'shipment' then lines.shipment_key else lines.order_key end
            = discounts.goods_key
    where lines.line_kind = 'goods'

),

summed as (

    select
        company_id, source_system, invoice_id, invoice_line, actual_qty,
        cast(actual_amount_doc + sum({{ divide_exact(
            'discount_amount * actual_amount_doc', 'shared_amount', 4, 8, 4
        ) }}) as decimal(18, 4)) as net_amount_doc
    from shared
    group by company_id, source_system, invoice_id, invoice_line, actual_qty, actual_amount_doc

)

select
    summed.*,
    {{ divide_exact('summed.net_amount_doc', 'summed.actual_qty', 8, 4, 6) }} as net_unit_price_doc
from summed
where summed.net_amount_doc is not null
