-- What the goods of an order line cost, what was billed, booked, owed and paid for it. A journal
-- line that names a whole document belongs to each of its lines, and its amount to none of them.
with

documents as (

    select * from {{ ref('int_control__trace_document') }}

),

invoices as (

    select distinct company_id, order_id, order_line, document_id as invoice_id
    from documents
    where document_kind = 'invoice'

),

entries as (

    select
        lines.*,
        case when lines.source_doc_type in ('invoice', 'credit_memo') then 'invoice' else lines.source_doc_type end
            as document_kind,
        trace_role.link_number,
        trace_role.account_role
    from {{ ref('stg_gl__journal_line') }} as lines
    inner join {{ ref('int_ledger__account') }} as accounts
        on
            lines.company_id = accounts.company_id
            and lines.account = accounts.account_code
    inner join {{ ref('trace_role') }} as trace_role
        on accounts.account_role = trace_role.account_role
    where
        lines.source_doc_type in ('invoice', 'credit_memo', 'shipment', 'movement')
        and lines.posted_status = 'posted'

)

select
    documents.company_id, documents.order_id, documents.order_line, 8 as link_number,
    coalesce(costs.layer_id, costs.event_id) as link_id, costs.costing_method as detail,
    cast(null as timestamp with time zone) as link_at, costs.posting_date as link_date,
    abs(costs.qty_base) as qty, cast(null as decimal(18, 4)) as amount,
    cast(null as varchar) as currency, -costs.cost_amount as cost_amount,
    cast(null as varchar) as _source_file, cast(null as bigint) as _row_number
from {{ ref('stg_computed__cost_entry') }} as costs
inner join documents
    on
        costs.company_id = documents.company_id
        and costs.movement_id = documents.document_id
        and costs.movement_line = documents.document_line
        and documents.document_kind = 'movement'
where costs.is_policy_method and costs.entry_kind = 'issue'
union all
select
    company_id, order_id, coalesce(order_line, ''), 9, expected_billing_id, billing_state,
    trigger_at, ship_date, expected_qty, expected_amount_doc, currency_doc, null,
    null, null
from {{ ref('int_billing__billing_state') }}
where order_id is not null
union all
select
    documents.company_id, documents.order_id, documents.order_line, 10,
    concat_ws('/', lines.invoice_id, lines.invoice_line), lines.invoice_type, lines.created_at,
    lines.posting_date, lines.actual_qty, lines.actual_amount_doc, lines.currency_doc, null,
    told._source_file, told._row_number
from {{ ref('int_billing__invoice_line') }} as lines
inner join {{ ref('stg_billing__invoice_line') }} as told
    on
        lines.source_system = told.source_system
        and lines.company_id = told.company_id
        and lines.invoice_id = told.invoice_id
        and lines.invoice_line = told.invoice_line
inner join documents
    on
        lines.company_id = documents.company_id
        and lines.invoice_id = documents.document_id
        and lines.invoice_line = documents.document_line
        and documents.document_kind = 'invoice'
where not lines.is_cancelled
union all
select
    documents.company_id, documents.order_id, documents.order_line, entries.link_number,
    concat_ws('/', entries.journal_id, entries.journal_line), entries.account_role,
    entries.entered_at, entries.posting_date, entries.quantity,
    case
        when entries.link_number = 11 and entries.source_doc_line is not null
            then -entries.amount
    end,
    entries.currency,
    case
        when
            entries.link_number > 11
            and (entries.source_doc_line is not null or entries.document_kind = 'movement')
            then entries.amount
    end,
    entries._source_file, entries._row_number
from entries
inner join documents
    on
        entries.company_id = documents.company_id
        and entries.document_kind = documents.document_kind
        and entries.source_doc_id = documents.document_id
where
    entries.document_kind = 'movement'
    or coalesce(entries.source_doc_line, documents.document_line) = documents.document_line
union all
select
    invoices.company_id, invoices.order_id, invoices.order_line, 14,
    items.invoice_id, case when items.open_amount_doc = 0 then 'settled' else 'open' end,
    null, items.due_date, null, items.original_amount_doc, items.currency_doc, null,
    null, null
from {{ ref('int_receivable__item') }} as items
inner join invoices
    on
        items.company_id = invoices.company_id
        and items.invoice_id = invoices.invoice_id
union all
select
    invoices.company_id, invoices.order_id, invoices.order_line, 15,
    applied.receipt_id, 'payment', null, applied.applied_date, null, applied.applied_amount_doc,
    applied.currency_doc, null, null, null
from {{ ref('int_cash__application') }} as applied
inner join invoices
    on
        applied.company_id = invoices.company_id
        and applied.invoice_id = invoices.invoice_id
where applied.origin = 'actual'
union all
select
    invoices.company_id, invoices.order_id, invoices.order_line, 15,
    disputes.dispute_id, 'dispute', disputes.opened_at, null, null, disputes.amount,
    disputes.currency, null, null, null
from {{ ref('int_receivable__dispute') }} as disputes
inner join invoices
    on
        disputes.company_id = invoices.company_id
        and disputes.invoice_id = invoices.invoice_id
