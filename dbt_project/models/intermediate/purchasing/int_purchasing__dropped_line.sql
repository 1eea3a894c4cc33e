-- What suppliers sent straight to customers: no receipt of ours, so the order says that it went,
-- and the supplier's notice, where it names the order, on which day.

with

companies as (

    select * from {{ ref('int_master__company') }}

),

orders as (

    select * from {{ ref('int_purchasing__order_line') }}
    where po_type = 'dropship' and status in ('received', 'invoiced', 'closed')

),

notices as (

    select
        orders.company_id,
        orders.po_id,
        orders.po_line,
        min({{ local_date('events.event_at', 'companies.timezone') }}) as shipped_date
    from orders
    inner join companies
        on orders.company_id = companies.company_id
    inner join {{ ref('stg_billing__billable_event') }} as events
        on
            orders.company_id = events.company_id
            and events.event_type = 'dropship_ship'
            and events.report_ref like concat('%', orders.po_id)
    group by orders.company_id, orders.po_id, orders.po_line

)

select
    orders.company_id,
    orders.po_id,
    orders.po_line,
    orders.party_id,
    orders.item_id,
    orders.uom,
    orders.qty_ordered - orders.qty_cancelled as dropped_qty,
    least(
        coalesce(notices.shipped_date, orders.promised_date, orders.order_date),
        companies.as_of_date
    ) as posting_date
from orders
inner join companies
    on orders.company_id = companies.company_id
left join notices
    on
        orders.company_id = notices.company_id
        and orders.po_id = notices.po_id
        and orders.po_line = notices.po_line
where orders.qty_ordered - orders.qty_cancelled > 0
