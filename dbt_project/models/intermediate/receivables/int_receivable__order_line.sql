-- Order lines that are not finished, with what was cancelled of them.

select
    orders.company_id,
    orders.source_system,
    orders.order_id,
    orders.order_line,
    orders.order_type,
    orders.party_id,
    orders.channel,
    orders.item_id,
    orders.uom,
    orders.currency,
    orders.order_unit_price_doc,
    orders.qty_ordered,
    coalesce(sent.qty_cancelled, 0) as qty_cancelled
from {{ ref('int_billing__order_line') }} as orders
inner join {{ ref('stg_billing__order_line') }} as sent
    on
        orders.company_id = sent.company_id
        and orders.source_system = sent.source_system
        and orders.order_id = sent.order_id
        and orders.order_line = sent.order_line
where orders.line_status in ('open', 'partial') and orders.qty_ordered > 0
