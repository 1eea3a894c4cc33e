-- Which document a landed cost belongs to in the ledger - the receipt it fell on - and whether it is
-- an estimate (E11) or the final cost (E12); ruling E21: who has neither an estimate nor a bill of the
-- forwarder owes it now.

with

costs as (

    select
        company_id,
        source_system,
        landed_cost_id,
        min(receipt_id) as receipt_id,
        max(replaces_landed_cost_id) as replaces_landed_cost_id,
        max(supplier_invoice_id) as supplier_invoice_id,
        max(case when is_estimate then 1 else 0 end) = 1 as is_estimate
    from {{ ref('stg_purchasing__landed_cost') }}
    group by company_id, source_system, landed_cost_id

),

receipts as (

    select
        company_id,
        layer_event_id,
        receipt_id,
        min(receipt_line) as receipt_line,
        row_number() over (partition by company_id, layer_event_id order by receipt_id) as place
    from {{ ref('int_valuation__receipt_layer') }}
    where layer_event_id is not null and receipt_id is not null
    group by company_id, layer_event_id, receipt_id

)

select
    events.company_id,
    concat_ws(
        '/', events.source_system, events.landed_cost_id, events.component_line,
        events.component, events.layer_event_id
    ) as event_id,
    costs.is_estimate,
    costs.supplier_invoice_id,
    not costs.is_estimate and costs.replaces_landed_cost_id is null
    and invoices.supplier_invoice_id is null as is_owed,
    coalesce(costs.receipt_id, first_receipts.receipt_id) as receipt_id,
    coalesce(
        case
            when costs.receipt_id is not null then receipts.receipt_line
            else first_receipts.receipt_line
        end,
        ''
    ) as receipt_line
from {{ ref('int_valuation__landed_event') }} as events
inner join costs
    on
        events.company_id = costs.company_id
        and events.source_system = costs.source_system
        and events.landed_cost_id = costs.landed_cost_id
left join {{ ref('int_payable__document') }} as invoices
    on
        costs.company_id = invoices.company_id
        and costs.source_system = invoices.source_system
        and costs.supplier_invoice_id = invoices.supplier_invoice_id
left join receipts
    on
        events.company_id = receipts.company_id
        and events.layer_event_id = receipts.layer_event_id
        and costs.receipt_id = receipts.receipt_id
left join receipts as first_receipts
    on
        events.company_id = first_receipts.company_id
        and events.layer_event_id = first_receipts.layer_event_id
        and first_receipts.place = 1
