-- Every invoice line with what it earned and cost. A credit is a return or a rebate and no negative
-- revenue (ruling E26); a cancelled invoice and what cancels it earn nothing together.
with

order_channels as (

    select company_id, order_id, order_line, min(channel) as channel
    from {{ ref('int_billing__order_line') }}
    group by company_id, order_id, order_line

),

lines as (

    select
        *,
        invoice_type = 'credit_memo' as is_credit,
        coalesce(reason_code, '') = 'rebate' as is_rebate,
        source_system || '|' || invoice_id || '|' || invoice_line as credit_key
    from {{ ref('int_billing__invoice_line') }}

)

select
    lines.company_id,
    concat_ws('/', 'invoice', lines.source_system, lines.invoice_id, lines.invoice_line)
        as margin_line_id,
    lines.source_system, lines.invoice_id, lines.invoice_line,
    lines.order_id, lines.order_line, lines.shipment_id, lines.shipment_line,
    lines.line_kind, lines.party_id,
    coalesce(order_channels.channel, costs.channel) as channel,
    lines.item_id, costs.location_id, lines.posting_date as date,
    lines.match_qty as qty_base,
    case when lines.is_credit then 0 else lines.actual_amount end as revenue_amount,
    case when lines.is_credit then 0 else lines.actual_amount_doc end as revenue_amount_doc,
    lines.currency_doc,
    case
        when lines.line_kind <> 'goods' or lines.is_credit then 0
        -- the goods left once, and the first invoice carries what they cost
        when repeated.invoice_id is not null then coalesce(costs.cost_amount, 0)
        when lines.is_cancelled or lines.invoice_type = 'cancellation'
            then coalesce(costs.cost_amount, lines.billed_cost_amount, 0)
        else coalesce(costs.cost_amount, lines.billed_cost_amount, costs.ledger_amount)
    end as cogs_amount,
    costs.ledger_amount as ledger_cogs_amount,
    lines.billed_cost_amount,
    coalesce(costs.late_amount, 0) as late_cost_amount,
    coalesce(costs.freight_amount, 0) as freight_amount,
    coalesce(costs.handling_amount, 0) as handling_amount,
    case when lines.is_credit and not lines.is_rebate then -lines.actual_amount else 0 end
        as return_amount,
    coalesce(returned.cost_amount, 0) as returned_cost_amount,
    case when lines.is_credit and lines.is_rebate then -lines.actual_amount else 0 end
        as rebate_amount,
    costs.costing_method,
    case
        when lines.line_kind <> 'goods' or lines.is_credit then null
        when repeated.invoice_id is not null and costs.cost_amount is null then 'billed before'
        when costs.cost_amount is not null and costs.costing_method is null then 'purchase order'
        when costs.cost_amount is not null then 'costing engine'
        when lines.billed_cost_amount is not null then 'billing'
        when costs.ledger_amount is not null then 'ledger'
    end as cost_source
from lines
left join {{ ref('int_margin__billed_cost') }} as costs
    on
        lines.company_id = costs.company_id
        and lines.source_system = costs.source_system
        and lines.invoice_id = costs.invoice_id
        and lines.invoice_line = costs.invoice_line
left join {{ ref('int_exception__surplus_line') }} as repeated
    on
        lines.company_id = repeated.company_id
        and lines.source_system = repeated.source_system
        and lines.invoice_id = repeated.invoice_id
        and lines.invoice_line = repeated.invoice_line
        and repeated.code = 'DUP_INVOICE'
left join order_channels
    on
        lines.company_id = order_channels.company_id
        and lines.order_id = order_channels.order_id
        and lines.order_line = order_channels.order_line
left join {{ ref('int_margin__returned_cost') }} as returned
    on
        lines.company_id = returned.company_id
        and case when lines.is_credit then lines.credit_key end = returned.credit_key
