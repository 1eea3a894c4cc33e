-- What a supplier is owed for goods sent straight to a customer: the price of the order that the
-- despatch names, at the rate of its day, else the cost that the despatch itself tells.

with

sales as (

    select
        sales.company_id,
        sales.billable_event_id,
        sales.item_id,
        sales.ship_date,
        events.qty,
        events.uom,
        events.cost_amount,
        events.report_ref
    from {{ ref('int_billing__billing_state') }} as sales
    inner join {{ ref('stg_billing__billable_event') }} as events
        on
            sales.company_id = events.company_id
            and sales.source_system = events.source_system
            and sales.billable_event_id = events.billable_event_id
    where sales.event_type = 'dropship_ship'

),

orders as (

    select * from {{ ref('int_purchasing__order_line') }}
    where po_type = 'dropship'

),

currency_days as (

    select * from {{ ref('int_ledger__currency_day') }}

),

priced as (

    select
        sales.company_id,
        sales.billable_event_id,
        orders.party_id,
        sales.cost_amount,
        companies.currency_decimals,
        {{ minor_unit('coalesce(sales.qty, orders.qty_ordered) * orders.unit_price_doc', 'document_units.decimals') }}
            as order_amount_doc,
        case when orders.currency_doc = orders.company_currency then 1 else currency_days.rate end as rate,
        row_number() over (
            partition by sales.company_id, sales.billable_event_id
            order by
                case when orders.uom = coalesce(sales.uom, orders.uom) then 0 else 1 end,
                orders.po_id, orders.po_line
        ) as place
    from sales
    inner join {{ ref('int_master__company') }} as companies
        on sales.company_id = companies.company_id
    left join orders
        on
            sales.company_id = orders.company_id
            and sales.item_id = orders.item_id
            and sales.report_ref like concat('%', orders.po_id)
    left join currency_days
        on
            orders.company_id = currency_days.company_id
            and orders.currency_doc = currency_days.from_currency
            and sales.ship_date = currency_days.date
    left join {{ ref('currency') }} as document_units
        on orders.currency_doc = document_units.currency

)

select
    company_id,
    billable_event_id,
    party_id,
    coalesce(
        {{ minor_unit('order_amount_doc * rate', 'currency_decimals') }},
        {{ minor_unit('cost_amount', 'currency_decimals') }}
    ) as cost_amount
from priced
where place = 1
