-- What goods bring with them when they come in (ruling A13): the first price that somebody says,
-- from documents of that day. A supplier who bills later corrects the cost then and not before; he
-- is asked here only where nobody else knows a price.
with

companies as (

    select * from {{ ref('int_master__company') }}

),

movements as (

    select * from {{ ref('int_valuation__pool_movement') }}
    where event_kind in ('opening', 'receipt', 'arrival', 'count_in', 'work_receipt')

),

bills as (

    select
        company_id,
        receipt_event_id,
        {{ divide_exact('sum(case when posting_date < received_on then amount end)',
            'sum(case when posting_date < received_on then qty_base end)', 8, from_scale=4) }}
            as known_unit_cost,
        {{ divide_exact('sum(amount)', 'sum(qty_base)', 8, from_scale=4) }} as later_unit_cost
    from {{ ref('int_valuation__billed_receipt') }}
    group by company_id, receipt_event_id

),

receipt_lines as (

    select
        receipt_lines.company_id,
        receipt_lines.receipt_id,
        receipt_lines.receipt_line,
        receipt_lines.uom,
        coalesce(receipt_lines.cost_currency, companies.currency) as currency,
        coalesce(receipt_lines.cost_currency = companies.currency, true) as is_own_currency,
        receipt_lines.unit_cost,
        row_number() over (
            partition by
                receipt_lines.company_id, receipt_lines.receipt_id, receipt_lines.receipt_line
            order by case when receipt_lines.unit_cost is null then 1 else 0 end, receipt_lines.source_system
        ) as preference
    from {{ ref('stg_wms__receipt_line') }} as receipt_lines
    inner join companies
        on receipt_lines.company_id = companies.company_id

),

currency_days as (

    select * from {{ ref('int_ledger__currency_day') }}

),

with_documents as (

    select
        movements.company_id,
        movements.event_id,
        movements.qty_base,
        companies.currency_decimals,
        told.given_cost_amount,
        told.given_unit_cost,
        abs(told.qty) as moved_qty,
        bills.known_unit_cost,
        bills.later_unit_cost,
        case
            when receipt_lines.uom = told.uom
                then
                    receipt_lines.unit_cost
                    * case when receipt_lines.is_own_currency then 1 else receipt_days.rate end
        end as receipt_unit_cost,
        case
            when order_prices.uom = told.uom
                then
                    order_prices.unit_price
                    * case when order_prices.is_own_currency then 1 else order_days.rate end
        end as order_unit_cost
    from movements
    inner join companies
        on movements.company_id = companies.company_id
    inner join {{ ref('int_stock__owned_movement') }} as told
        on
            movements.source_system = told.source_system
            and movements.company_id = told.company_id
            and movements.source_movement_id = told.source_movement_id
            and movements.source_movement_line = told.source_movement_line
    left join {{ ref('int_valuation__receipt_layer') }} as receipts
        on
            movements.company_id = receipts.company_id
            and movements.event_id = receipts.event_id
    left join bills
        on
            movements.company_id = bills.company_id
            and movements.event_id = bills.receipt_event_id
    left join receipt_lines
        on
            movements.company_id = receipt_lines.company_id
            and movements.receipt_id = receipt_lines.receipt_id
            and movements.receipt_line = receipt_lines.receipt_line
            and receipt_lines.preference = 1
    left join {{ ref('int_valuation__order_price') }} as order_prices
        on
            receipts.company_id = order_prices.company_id
            and receipts.purchase_order_id = order_prices.po_id
            and receipts.purchase_order_line = order_prices.po_line
    left join currency_days as receipt_days
        on
            receipt_lines.company_id = receipt_days.company_id
            and receipt_lines.currency = receipt_days.from_currency
            and movements.posting_date = receipt_days.date
    left join currency_days as order_days
        on
            order_prices.company_id = order_days.company_id
            and order_prices.currency = order_days.from_currency
            and movements.posting_date = order_days.date

)

select
    company_id,
    event_id,
    qty_base,
    {{ minor_unit('case
        when known_unit_cost is not null then known_unit_cost * qty_base
        when given_cost_amount is not null then abs(given_cost_amount)
        when given_unit_cost is not null then given_unit_cost * moved_qty
        when receipt_unit_cost is not null then receipt_unit_cost * moved_qty
        when order_unit_cost is not null then order_unit_cost * moved_qty
        when later_unit_cost is not null then later_unit_cost * qty_base
    end', 'currency_decimals') }} as cost_amount,
    case
        when known_unit_cost is not null then 'supplier invoice'
        when given_cost_amount is not null then 'movement ext_cost'
        when given_unit_cost is not null then 'movement unit_cost'
        when receipt_unit_cost is not null then 'receipt line'
        when order_unit_cost is not null then 'purchase order'
        when later_unit_cost is not null then 'supplier invoice'
    end as cost_source
from with_documents
