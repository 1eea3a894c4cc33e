-- What one company of the group owes another for goods sent (E42, ruling E17): the price on the
-- buyer's order, else on the seller's, at the rate of the day on which they left.

with

moves as (

    select * from {{ ref('int_ledger__posting_move') }}
    where rule_code = 'E42' and target_state <> 'XFER_TRANSIT'

),

orders as (

    select
        company_id, po_id, item_id, currency_doc, uom,
        min(unit_price_doc) as unit_price_doc
    from {{ ref('int_purchasing__order_line') }}
    where po_type in ('intercompany', 'transfer')
    group by company_id, po_id, item_id, currency_doc, uom

),

companies as (

    select * from {{ ref('int_master__company') }}

),

priced as (

    select
        moves.company_id,
        moves.move_id,
        moves.qty_base,
        moves.turn,
        moves.ledger_date,
        orders.company_id as buyer_id,
        companies.currency as company_currency,
        companies.currency_decimals,
        coalesce(orders.currency_doc, order_lines.currency) as currency_doc,
        coalesce(orders.unit_price_doc, order_lines.order_unit_price_doc) as unit_price_doc,
        row_number() over (
            partition by moves.company_id, moves.move_id order by orders.company_id, orders.uom
        ) as place
    from moves
    inner join companies
        on moves.company_id = companies.company_id
    left join orders
        on
            moves.transfer_id = orders.po_id
            and moves.item_id = orders.item_id
            and moves.company_id <> orders.company_id
    left join {{ ref('int_billing__order_line') }} as order_lines
        on
            moves.company_id = order_lines.company_id
            and moves.order_id = order_lines.order_id
            and moves.order_line = order_lines.order_line

),

rounded as (

    select
        priced.*,
        {{ minor_unit('priced.unit_price_doc * priced.qty_base', 'document_units.decimals') }} as amount_doc
    from priced
    left join {{ ref('currency') }} as document_units
        on priced.currency_doc = document_units.currency
    where priced.place = 1 and priced.unit_price_doc is not null

)

select
    priced.company_id,
    priced.move_id,
    priced.buyer_id,
    priced.currency_doc,
    priced.amount_doc,
    cast(priced.turn * {{ minor_unit('priced.amount_doc * case
        when priced.currency_doc = priced.company_currency then 1 else currency_days.rate
    end', 'priced.currency_decimals') }} as decimal(18, 4)) as amount
from rounded as priced
left join {{ ref('int_ledger__currency_day') }} as currency_days
    on
        priced.company_id = currency_days.company_id
        and priced.currency_doc = currency_days.from_currency
        and priced.ledger_date = currency_days.date
where      -- without a rate nobody knows what it is in our money
    priced.currency_doc = priced.company_currency or currency_days.rate is not null
