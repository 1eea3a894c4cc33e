-- What a supplier is owed for goods sent straight to a customer: the price of the order that the
-- despatch names, at the rate of its day, else the cost that the despatch itself tells, else the price
-- of an order for just such goods, of the same quantity and the nearest day before.

with

companies as (

    select * from {{ ref('int_master__company') }}

),

sales as (

    select
        sales.company_id,
        sales.billable_event_id as document_id,
        '' as document_line,
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
    union all
    select
        shipments.company_id, shipments.shipment_id, shipments.shipment_line,
        item_codes.item_id,
        {{ local_date('shipments.ship_confirm_at', 'companies.timezone') }},
        shipments.qty_shipped, shipments.uom, shipments.ext_cost, null
    from {{ ref('int_stock__dropped_shipment') }} as shipments
    inner join companies
        on shipments.company_id = companies.company_id
    inner join {{ ref('int_master__item_code') }} as item_codes
        on
            shipments.source_system = item_codes.source_system
            and shipments.company_id = item_codes.company_id
            and shipments.item_code = item_codes.item_code

),

orders as (

    select
        *,
        qty_ordered - qty_cancelled as qty
    from {{ ref('int_purchasing__order_line') }}
    where po_type = 'dropship'

),

candidates as (

    select
        sales.*,
        orders.party_id,
        orders.currency_doc,
        orders.company_currency,
        orders.unit_price_doc,
        orders.qty as order_qty,
        coalesce(sales.report_ref like concat('%', orders.po_id), false) as is_named,
        row_number() over (
            partition by sales.company_id, sales.document_id, sales.document_line
            order by
                case when sales.report_ref like concat('%', orders.po_id) then 0 else 1 end asc,
                case when orders.order_date <= sales.ship_date then 0 else 1 end asc,
                case when orders.qty = sales.qty then 0 else 1 end asc,
                case when orders.uom = coalesce(sales.uom, orders.uom) then 0 else 1 end asc,
                orders.order_date desc, orders.po_id asc, orders.po_line asc
        ) as place
    from sales
    left join orders
        on
            sales.company_id = orders.company_id
            and sales.item_id = orders.item_id

),

priced as (

    select
        candidates.*,
        companies.currency_decimals,
        {{ minor_unit('coalesce(candidates.qty, candidates.order_qty) * candidates.unit_price_doc', 'document_units.decimals') }}
            as order_amount_doc,
        case
            when candidates.currency_doc = candidates.company_currency then 1 else currency_days.rate
        end as rate
    from candidates
    inner join companies
        on candidates.company_id = companies.company_id
    left join {{ ref('int_ledger__currency_day') }} as currency_days
        on
            candidates.company_id = currency_days.company_id
            and candidates.currency_doc = currency_days.from_currency
            and candidates.ship_date = currency_days.date
    left join {{ ref('currency') }} as document_units
        on candidates.currency_doc = document_units.currency
    where candidates.place = 1

)

select
    company_id,
    document_id,
    document_line,
    party_id,
    coalesce(
        case when is_named then {{ minor_unit('order_amount_doc * rate', 'currency_decimals') }} end,
        {{ minor_unit('cost_amount', 'currency_decimals') }},
        {{ minor_unit('order_amount_doc * rate', 'currency_decimals') }}
    ) as cost_amount
from priced
