-- Value without goods: landed costs as estimate (E11) and as what the final bill adds (E12, ruling
-- A14), write-downs (E35), changes of standard (E56), and what the costing engine made good later.

with

entries as (

    select * from {{ ref('stg_computed__cost_entry') }}
    where
        is_policy_method
        and entry_kind in ('landed_cost', 'revaluation', 'true_up', 'rounding')

),

landed as (

    select
        events.company_id,
        concat_ws(
            '/', events.source_system, events.landed_cost_id, events.component_line,
            events.component, events.layer_event_id
        ) as event_id,
        events.layer_event_id,
        costs.receipt_id,
        costs.is_estimate,
        -- ruling E21: who has neither an estimate nor a bill of the forwarder owes it now
        not costs.is_estimate and costs.replaces_landed_cost_id is null
        and invoices.supplier_invoice_id is null as is_owed
    from {{ ref('int_valuation__landed_event') }} as events
    inner join (
        select
            company_id, source_system, landed_cost_id,
            min(receipt_id) as receipt_id, max(replaces_landed_cost_id) as replaces_landed_cost_id,
            max(supplier_invoice_id) as supplier_invoice_id,
            max(case when is_estimate then 1 else 0 end) = 1 as is_estimate
        from {{ ref('stg_purchasing__landed_cost') }}
        group by company_id, source_system, landed_cost_id
    ) as costs
        on
            events.company_id = costs.company_id
            and events.source_system = costs.source_system
            and events.landed_cost_id = costs.landed_cost_id
    left join {{ ref('int_payable__document') }} as invoices
        on
            costs.company_id = invoices.company_id
            and costs.source_system = invoices.source_system
            and costs.supplier_invoice_id = invoices.supplier_invoice_id

),

receipts as (      -- the line of the receipt that the cost fell on

    select
        company_id, layer_event_id, receipt_id,
        min(receipt_line) as receipt_line
    from {{ ref('int_valuation__receipt_layer') }}
    where layer_event_id is not null and receipt_id is not null
    group by company_id, layer_event_id, receipt_id

),

first_receipts as (

    select company_id, layer_event_id, min(receipt_id) as receipt_id
    from receipts
    group by company_id, layer_event_id

),

told as (

    select
        entries.*,
        coalesce(landed.is_owed, false) as is_owed,
        coalesce(landed.receipt_id, first_receipts.receipt_id) as receipt_id,
        case
            when landed.event_id is null then entries.event_code
            when landed.is_estimate then 'E11'
            else 'E12'
        end as ledger_event
    from entries
    left join landed
        on
            entries.company_id = landed.company_id
            and entries.event_id = landed.event_id
    left join first_receipts
        on
            landed.company_id = first_receipts.company_id
            and landed.layer_event_id = first_receipts.layer_event_id

),

parts as (

    select *, 'to_stock' as part, cost_amount as amount
    from told
    where entry_kind = 'landed_cost'
    union all
    select *, case when costing_method = 'standard' then 'to_variance' else 'to_cogs' end, cogs_amount
    from told
    where entry_kind = 'landed_cost'
    union all
    select *, case when event_code = 'E35' then 'nrv' else 'revaluation' end, cost_amount
    from told
    where entry_kind = 'revaluation'
    union all
    select *, 'true_up', -cogs_amount
    from told
    where entry_kind in ('true_up', 'rounding')
    union all
    select *, 'swept', cost_amount + cogs_amount
    from told
    where entry_kind in ('true_up', 'rounding')

)

select
    parts.company_id,
    parts.event_id,
    parts.entry_number,
    parts.ledger_event as event_code,
    case when parts.part in ('true_up', 'swept') then '*' else parts.ledger_event end as rule_code,
    case when parts.is_owed then concat(parts.part, '_owed') else parts.part end as part,
    case when parts.receipt_id is not null then 'receipt' else 'movement' end as source_doc_type,
    coalesce(parts.receipt_id, parts.movement_id) as source_doc_id,
    coalesce(
        case when parts.receipt_id is not null then receipts.receipt_line else parts.movement_line end,
        ''
    ) as source_doc_line,
    parts.posting_date,
    parts.item_id,
    coalesce(parts.location_id, '') as location_id,
    cast(parts.amount as decimal(18, 4)) as amount,
    parts.movement_id,
    coalesce(parts.movement_line, '') as movement_line,
    parts.receipt_id,
    receipts.receipt_line
from parts
left join landed
    on
        parts.company_id = landed.company_id
        and parts.event_id = landed.event_id
left join receipts
    on
        landed.company_id = receipts.company_id
        and landed.layer_event_id = receipts.layer_event_id
        and parts.receipt_id = receipts.receipt_id
where parts.amount <> 0
