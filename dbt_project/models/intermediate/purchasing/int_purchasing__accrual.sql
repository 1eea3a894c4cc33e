with

sides as (

    select * from {{ ref('int_purchasing__accrual_side') }}

),

invoicing_companies as (      -- without the invoice feed nothing can be called not invoiced

    select company_id from {{ ref('stg_purchasing__invoice_line') }}
    group by company_id

),

summed as (

    select
        sides.company_id,
        sides.purchase_order_id,
        sides.purchase_order_line,
        sides.receipt_id,
        sides.receipt_line,
        min(sides.party_id) as party_id,
        min(sides.item_id) as item_id,

        sum(case when sides.side = 'received' then sides.qty else 0 end) as received_qty,
        sum(case when sides.side = 'invoiced' then sides.qty else 0 end) as invoiced_qty,
        sum(case when sides.side = 'received' then coalesce(sides.amount, 0) else 0 end)
            as received_amount,
        sum(case when sides.side = 'invoiced' then sides.amount else 0 end) as invoiced_amount,
        sum(case when sides.side = 'received' and sides.amount is null then 1 else 0 end)
            as unvalued_count,
        max(sides.side_date) as last_movement_date
    from sides
    inner join invoicing_companies
        on sides.company_id = invoicing_companies.company_id
    group by
        sides.company_id, sides.purchase_order_id, sides.purchase_order_line,
        sides.receipt_id, sides.receipt_line

)

select
    company_id,
    purchase_order_id,
    purchase_order_line,
    receipt_id,
    receipt_line,
    party_id,
    item_id,
    received_qty,
    invoiced_qty,
    -- what came in without any cost of its own is worth what the supplier billed for it
    case
        when unvalued_count > 0 and received_qty = invoiced_qty then invoiced_amount
        else received_amount
    end as received_amount,
    invoiced_amount,
    last_movement_date
from summed
