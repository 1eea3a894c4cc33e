with

lines as (

    select * from {{ ref('fct_expected_billing') }}
    where is_overdue

),

order_states as (      -- how much of each order and shipment has been billed at all

    select
        company_id,
        order_id,
        sum(case when actual_qty > 0 then 1 else 0 end) as billed_lines
    from {{ ref('fct_expected_billing') }}
    where order_id is not null
    group by company_id, order_id

),

rejected as (      -- invoice lines in quarantine, by the documents they name

    select * from {{ ref('fct_exception') }}
    where code = 'FEED_REJECT' and is_found and rule_id in ('billing_invoice', 'billing_invoice_line')

),

rejected_orders as (

    select company_id, order_id, order_line
    from rejected
    where order_id is not null
    group by company_id, order_id, order_line

),

rejected_shipments as (

    select company_id, shipment_id, shipment_line
    from rejected
    where shipment_id is not null
    group by company_id, shipment_id, shipment_line

),

aged as (

    select
        lines.*,
        {{ days_between('cast(lines.due_by_at as date)', 'cast(lines.as_of_at as date)') }}
            as age_days,
        case
            when
                rejected_orders.company_id is not null or rejected_shipments.company_id is not null
                then 'invoice line in quarantine'
            when lines.actual_qty > 0 then 'part of the quantity not billed'
            when coalesce(order_states.billed_lines, 0) > 0 then 'line left out of the invoice'
            when lines.order_id is null then 'shipment without order not billed'
            else 'whole order not billed'
        end as cause
    from lines
    left join order_states
        on
            lines.company_id = order_states.company_id
            and lines.order_id = order_states.order_id
    left join rejected_orders
        on
            lines.company_id = rejected_orders.company_id
            and lines.order_id = rejected_orders.order_id
            and lines.order_line = rejected_orders.order_line
    left join rejected_shipments
        on
            lines.company_id = rejected_shipments.company_id
            and lines.shipment_id = rejected_shipments.shipment_id
            and lines.shipment_line = rejected_shipments.shipment_line

)

select
    company_id,
    expected_billing_id,
    order_id,
    order_line,
    shipment_id,
    shipment_line,
    party_id,
    item_id,
    location_id,
    channel,
    billing_rule_id,
    trigger_at,
    due_by_at,
    grace_until_at,
    cast(age_days as bigint) as age_days,
    case
        when age_days <= 1 then '0-1'
        when age_days <= 7 then '2-7'
        when age_days <= 30 then '8-30'
        when age_days <= 60 then '31-60'
        else 'over 60'
    end as age_bucket,
    cause,
    expected_qty,
    actual_qty,
    open_qty,
    uom,
    expected_unit_price,
    price_source,
    open_amount,
    currency,
    as_of_at,
    watermark_at
from aged
