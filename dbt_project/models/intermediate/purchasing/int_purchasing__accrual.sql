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

        sum(case when sides.side = 'invoiced' then 0 else sides.qty end) as received_qty,
        -sum(case when sides.side = 'returned' then sides.qty else 0 end) as returned_qty,
        sum(case when sides.side = 'invoiced' then sides.qty else 0 end) as invoiced_qty,
        sum(case when sides.side = 'invoiced' then 0 else coalesce(sides.amount, 0) end)
            as received_amount,
        sum(case when sides.side = 'invoiced' then sides.amount else 0 end) as invoiced_amount,
        sum(sides.amount_doc) as invoiced_amount_doc,
        min(sides.currency_doc) as invoice_currency,
        max(sides.currency_doc) as other_invoice_currency,
        sum(case when sides.side <> 'invoiced' and sides.amount is null then 1 else 0 end)
            as unvalued_count,
        max(sides.side_date) as last_movement_date
    from sides
    inner join invoicing_companies
        on sides.company_id = invoicing_companies.company_id
    group by
        sides.company_id, sides.purchase_order_id, sides.purchase_order_line,
        sides.receipt_id, sides.receipt_line

),

valued as (

    select
        summed.*,
        -- what came in without any cost of its own is worth what the supplier billed for it
        cast(
            case
                when unvalued_count > 0 and received_qty = invoiced_qty then invoiced_amount
                else received_amount
            end as decimal(18, 4)
        ) as known_amount,
        orders.unit_price_doc,
        orders.currency_doc as order_currency
    from summed
    left join {{ ref('int_purchasing__order_line') }} as orders
        on
            summed.company_id = orders.company_id
            and summed.purchase_order_id = orders.po_id
            and summed.purchase_order_line = orders.po_line

),

parted as (      -- step 1: what the open quantity is worth; the rest is price and rate

    select
        valued.*,
        case
            when received_qty = invoiced_qty then 0
            when invoiced_qty = 0 then known_amount
            when received_qty = 0 then -cast(invoiced_amount as decimal(18, 4))
            else {{ divide_exact(
                'known_amount * cast(received_qty - invoiced_qty as decimal(18, 6))',
                'cast(received_qty as decimal(18, 6))', 4, 10, 6
            ) }}
        end as quantity_amount,
        case
            when
                order_currency = invoice_currency and invoice_currency = other_invoice_currency
                and invoiced_amount_doc <> 0 and received_qty <> 0
                then cast(
                    (
                        cast(invoiced_qty * unit_price_doc as decimal(18, 4)) - invoiced_amount_doc
                    )
                    * {{ divide_exact(
                        'cast(invoiced_amount as decimal(18, 4))',
                        'cast(invoiced_amount_doc as decimal(18, 4))', 8, 4, 4
                    ) }}
                    as decimal(18, 4)
                )
        end as known_price_amount
    from valued

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
    returned_qty,
    invoiced_qty,
    known_amount as received_amount,
    cast(invoiced_amount as decimal(18, 4)) as invoiced_amount,
    cast(quantity_amount as decimal(18, 4)) as quantity_difference_amount,
    -- step 2: what the document currency shows is price, what only the company's shows is the rate
    cast(
        coalesce(
            known_price_amount, known_amount - invoiced_amount - quantity_amount
        ) as decimal(18, 4)
    ) as price_difference_amount,
    cast(
        case
            when known_price_amount is null then 0
            else known_amount - invoiced_amount - quantity_amount - known_price_amount
        end as decimal(18, 4)
    ) as currency_difference_amount,
    last_movement_date
from parted
