-- What the goods of each expected line cost: its shipped line; of a line that ships as several, as a
-- kit does, all that was shipped of its order line (capability 74).
with

expected as (

    select
        expected_billing_id, company_id, order_id, order_line, shipment_id, expected_qty,
        coalesce(shipment_id, billable_event_id) as document_id,
        coalesce(shipment_line, '') as document_line,
        count(*) over (partition by company_id, shipment_id, order_id, order_line) as lines_of_order,
        sum(expected_qty) over (partition by company_id, shipment_id) as shipment_qty
    from {{ ref('int_billing__billing_state') }}
    where line_kind = 'goods' and coalesce(shipment_id, billable_event_id) is not null

),

costs as (

    select * from {{ ref('int_margin__shipped_cost') }}

),

of_order as (

    select
        costs.company_id, costs.document_id, lines.order_id, lines.order_line,
        min(costs.shipped_on) as shipped_on, min(costs.costing_method) as costing_method,
        sum(costs.cost_amount) as cost_amount, sum(costs.late_amount) as late_amount,
        sum(costs.ledger_amount) as ledger_amount
    from costs
    inner join (
        select
            company_id, shipment_id, shipment_line,
            min(order_id) as order_id, min(order_line) as order_line
        from {{ ref('stg_wms__shipment_line') }}
        where order_id is not null
        group by company_id, shipment_id, shipment_line
    ) as lines
        on
            costs.company_id = lines.company_id
            and costs.document_id = lines.shipment_id
            and costs.document_line = coalesce(lines.shipment_line, '')
    group by costs.company_id, costs.document_id, lines.order_id, lines.order_line

),

costed as (

    select
        expected.*,
        coalesce(of_order.shipped_on, costs.shipped_on) as shipped_on,
        coalesce(of_order.costing_method, costs.costing_method) as costing_method,
        coalesce(of_order.cost_amount, costs.cost_amount) as cost_amount,
        coalesce(of_order.late_amount, costs.late_amount, 0) as late_amount,
        coalesce(of_order.ledger_amount, costs.ledger_amount) as ledger_amount
    from expected
    left join of_order
        on
            expected.company_id = of_order.company_id
            and expected.shipment_id = of_order.document_id
            and case when expected.lines_of_order = 1 then expected.order_id end = of_order.order_id
            and expected.order_line = of_order.order_line
    left join costs
        on
            expected.company_id = costs.company_id
            and expected.document_id = costs.document_id
            and expected.document_line = costs.document_line

)

select
    costed.company_id,
    costed.expected_billing_id,
    costed.expected_qty,
    costed.shipped_on,
    costed.costing_method,
    cast(costed.cost_amount as decimal(18, 4)) as cost_amount,
    cast(costed.late_amount as decimal(18, 4)) as late_amount,
    cast(costed.ledger_amount as decimal(18, 4)) as ledger_amount,
    coalesce({{ divide_exact(
        'freight.freight_amount * costed.expected_qty', 'costed.shipment_qty', 4, from_scale=10
    ) }}, 0) as freight_amount,
    coalesce({{ divide_exact(
        'freight.handling_amount * costed.expected_qty', 'costed.shipment_qty', 4, from_scale=10
    ) }}, 0) as handling_amount
from costed
left join {{ ref('int_margin__freight') }} as freight
    on
        costed.company_id = freight.company_id
        and costed.shipment_id = freight.shipment_id
