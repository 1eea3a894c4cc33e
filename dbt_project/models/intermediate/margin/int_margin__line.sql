-- Invoiced and unbilled lines together, in their fiscal period, with what they leave.
with

stacked as (

    select
        company_id, margin_line_id, false as is_unbilled, source_system, invoice_id, invoice_line,
        cast(null as varchar) as expected_billing_id,
        order_id, order_line, shipment_id, shipment_line, line_kind, party_id, channel,
        item_id, location_id, date, qty_base, revenue_amount, revenue_amount_doc, currency_doc,
        cogs_amount, ledger_cogs_amount, billed_cost_amount, late_cost_amount,
        freight_amount, handling_amount,
        return_amount, returned_cost_amount, rebate_amount, costing_method, cost_source
    from {{ ref('int_margin__invoiced') }}
    union all
    select
        company_id, margin_line_id, true, null, null, null, expected_billing_id,
        order_id, order_line, shipment_id, shipment_line, line_kind, party_id, channel,
        item_id, location_id, date, qty_base, revenue_amount, revenue_amount_doc, currency_doc,
        cogs_amount, ledger_cogs_amount, null, late_cost_amount,
        freight_amount, handling_amount, 0, 0, 0, costing_method, cost_source
    from {{ ref('int_margin__unbilled') }}

)

select
    stacked.company_id,
    stacked.margin_line_id,
    stacked.is_unbilled,
    stacked.source_system,
    stacked.invoice_id,
    stacked.invoice_line,
    stacked.expected_billing_id,
    stacked.order_id,
    stacked.order_line,
    stacked.shipment_id,
    stacked.shipment_line,
    stacked.line_kind,
    stacked.party_id,
    stacked.channel,
    stacked.item_id,
    stacked.location_id,

    stacked.date,
    cast(days.fiscal_year as bigint) as fiscal_year,
    cast(days.fiscal_period as bigint) as fiscal_period,

    cast(stacked.qty_base as decimal(18, 6)) as qty_base,
    cast(stacked.revenue_amount as decimal(18, 4)) as revenue_amount,
    cast(stacked.revenue_amount_doc as decimal(18, 4)) as revenue_amount_doc,
    stacked.currency_doc,
    cast(stacked.cogs_amount as decimal(18, 4)) as cogs_amount,
    cast(round(stacked.cogs_amount * coalesce(landed.landed_share, 0), 4) as decimal(18, 4))
        as landed_cost_amount,
    cast(stacked.ledger_cogs_amount as decimal(18, 4)) as ledger_cogs_amount,
    cast(stacked.billed_cost_amount as decimal(18, 4)) as billed_cost_amount,
    cast(stacked.late_cost_amount as decimal(18, 4)) as late_cost_amount,
    cast(stacked.freight_amount as decimal(18, 4)) as freight_amount,
    cast(stacked.handling_amount as decimal(18, 4)) as handling_amount,
    cast(stacked.return_amount as decimal(18, 4)) as return_amount,
    cast(stacked.returned_cost_amount as decimal(18, 4)) as returned_cost_amount,
    cast(stacked.rebate_amount as decimal(18, 4)) as rebate_amount,
    cast(stacked.revenue_amount - stacked.cogs_amount as decimal(18, 4)) as gross_margin_amount,
    cast(
        stacked.revenue_amount - stacked.cogs_amount - stacked.late_cost_amount
        - stacked.freight_amount - stacked.handling_amount
        - stacked.return_amount + stacked.returned_cost_amount - stacked.rebate_amount
        as decimal(18, 4)
    ) as contribution_amount,
    stacked.costing_method,
    stacked.cost_source
from stacked
left join {{ ref('int_master__calendar_day') }} as days
    on
        stacked.company_id = days.company_id
        and stacked.date = days.date
left join {{ ref('int_margin__landed_share') }} as landed
    on
        stacked.company_id = landed.company_id
        and case when stacked.line_kind = 'goods' then stacked.item_id end = landed.item_id
        and stacked.date >= landed.valid_from
        and stacked.date < landed.valid_before
