-- What the goods of each shipped line cost by the method that posts, what corrected it later (ruling
-- E26: late cost has a column of its own), and what the ledger posted for it. Goods that leave
-- without a shipment, as consumption at a customer does, belong to the event that reports them.
with

events as (

    select company_id, item_id, location_id, trigger_at, min(billable_event_id) as billable_event_id
    from {{ ref('int_billing__billing_state') }}
    where shipment_id is null and line_kind = 'goods'
    group by company_id, item_id, location_id, trigger_at

),

issues as (

    select
        moved.company_id, moved.event_id, moved.movement_id, moved.movement_line, moved.item_id, moved.location_id, moved.posting_date,
        coalesce(moved.shipment_id, events.billable_event_id) as document_id,
        coalesce(moved.shipment_line, '') as document_line
    from {{ ref('int_valuation__pool_movement') }} as moved
    left join events
        on
            moved.company_id = events.company_id
            and case when moved.shipment_id is null then moved.item_id end = events.item_id
            and moved.location_id = events.location_id
            and moved.event_at = events.trigger_at
    where moved.event_kind = 'issue'

),

movements as (      -- a ledger that names the movement speaks of the document that it belongs to

    select
        company_id, movement_id, movement_line,
        min(document_id) as document_id,
        min(document_line) as document_line
    from issues
    where document_id is not null
    group by company_id, movement_id, movement_line

),

entries as (

    select
        company_id,
        case when entry_kind = 'true_up' then caused_by_event_id else event_id end as event_id,
        costing_method,
        case when entry_kind = 'true_up' then 0 else -qty_base end as qty_base,
        case when entry_kind = 'true_up' then 0 else -cost_amount end as cost_amount,
        case when entry_kind = 'true_up' then cogs_amount else 0 end as late_amount
    from {{ ref('stg_computed__cost_entry') }}
    where is_policy_method and entry_kind in ('issue', 'true_up')
    union all
    select company_id, event_id, null, 0, 0, late_amount
    from {{ ref('int_margin__late_share') }}

),

stacked as (

    select
        issues.company_id, issues.document_id, issues.document_line,
        issues.item_id, issues.location_id, issues.posting_date,
        entries.costing_method, entries.qty_base, entries.cost_amount, entries.late_amount,
        cast(null as decimal(18, 4)) as ledger_amount
    from issues
    inner join entries
        on
            issues.company_id = entries.company_id
            and issues.event_id = entries.event_id
    where issues.document_id is not null
    union all      -- what a supplier sent straight to a customer never was in stock
    select company_id, document_id, document_line, null, null, null, null, null, cost_amount, 0, null
    from {{ ref('int_ledger__dropped_value') }}
    union all
    select
        journal_lines.company_id,
        coalesce(movements.document_id, journal_lines.source_doc_id),
        coalesce(movements.document_line, journal_lines.source_doc_line, ''),
        null, null, null, null, null, null, null, journal_lines.actual_amount
    from {{ ref('int_ledger__journal_line') }} as journal_lines
    left join movements
        on
            journal_lines.company_id = movements.company_id
            and case
                when journal_lines.source_doc_type = 'movement' then journal_lines.source_doc_id
            end = movements.movement_id
            and coalesce(journal_lines.source_doc_line, '1') = movements.movement_line
    where
        journal_lines.account_role = 'COGS'
        and journal_lines.is_posted
        and journal_lines.source_doc_id is not null
        and journal_lines.source_doc_type in ('shipment', 'movement')

)

select
    company_id,
    document_id,
    document_line,
    min(item_id) as item_id,
    min(location_id) as location_id,
    min(posting_date) as shipped_on,
    min(costing_method) as costing_method,
    cast(sum(qty_base) as decimal(18, 6)) as qty_base,
    cast(sum(cost_amount) as decimal(18, 4)) as cost_amount,
    cast(sum(late_amount) as decimal(18, 4)) as late_amount,
    cast(sum(ledger_amount) as decimal(18, 4)) as ledger_amount
from stacked
group by company_id, document_id, document_line
