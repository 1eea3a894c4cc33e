-- What each notice of a purchase stands for in the end. More than was announced was on its way all
-- the same; what is missing when it is closed never left the supplier.
with

notices as (

    select * from {{ ref('int_stock__notice') }}
    where inbound_type = 'po'

),

drawn as (

    select * from {{ ref('int_stock__drawn') }}
    where stock_state = 'IN_TRANSIT_IN'

),

orders as (

    select * from {{ ref('int_stock__order') }}

),

run as (

    select * from {{ ref('int_control__run') }}

)

select
    notices.*,
    coalesce(notices.supplier_id, orders.supplier_id, notices.company_id) as sender_id,
    orders.purchase_order_id is not null as is_order_known,
    coalesce(notices.title_at <= run.as_of_at, false) as is_owned,
    greatest(notices.qty_base, coalesce(drawn.qty_base, 0)) as sent_qty_base,
    -- what came while it was still the supplier's never was ours on its way
    greatest(notices.qty_base, coalesce(drawn.qty_base, 0))
    - coalesce(drawn.qty_base - drawn.owned_qty_base, 0) as owned_qty_base,
    case
        when notices.is_closed then greatest(notices.qty_base - coalesce(drawn.qty_base, 0), 0)
        else cast(0 as decimal(18, 6))
    end as missing_qty_base
from notices
left join drawn
    on
        notices.company_id = drawn.company_id
        and notices.inbound_id = drawn.document_id
        and notices.inbound_line = drawn.document_line
left join orders
    on
        notices.company_id = orders.company_id
        and notices.ref_order_id = orders.purchase_order_id
        and notices.ref_order_line = orders.purchase_order_line
cross join run
