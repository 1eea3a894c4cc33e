-- Lines of supplier documents with the kind of charge they are to the ledger, and what the costing
-- engine made of a price that differs from the receipt's: freight clears what was accrued for goods
-- that came in, or for transfers and deliveries (ruling E22). A bill names no place: goods are billed
-- for where the receipt took them in, else for where the order wanted them.

with

documents as (

    select * from {{ ref('int_payable__document') }}
    where rate is not null

),

landed as (

    select company_id, source_system, supplier_invoice_id
    from {{ ref('stg_purchasing__landed_cost') }}
    where supplier_invoice_id is not null
    group by company_id, source_system, supplier_invoice_id

),

transfers as (

    select company_id, po_id
    from {{ ref('stg_purchasing__order_line') }}
    where po_type = 'transfer'
    group by company_id, po_id

),

received as (

    select company_id, receipt_id, receipt_line, min(location_id) as location_id
    from {{ ref('int_purchasing__receipt_line') }}
    group by company_id, receipt_id, receipt_line

),

ordered as (

    select
        order_lines.company_id, order_lines.po_id, order_lines.po_line,
        min(locations.location_id) as location_id
    from {{ ref('stg_purchasing__order_line') }} as order_lines
    inner join {{ ref('int_master__location_code') }} as locations
        on
            order_lines.source_system = locations.source_system
            and order_lines.company_id = locations.company_id
            and order_lines.to_location_code = locations.location_code
    group by order_lines.company_id, order_lines.po_id, order_lines.po_line

),

entries as (      -- a bill corrects each layer of cost that it pays for

    select
        variances.company_id,
        variances.source_system,
        variances.supplier_invoice_id,
        variances.invoice_line,
        sum(entries.cost_amount) as stock_amount,
        sum(entries.cogs_amount) as expense_amount,
        max(case when entries.costing_method = 'standard' then 1 else 0 end) = 1 as is_at_standard
    from {{ ref('int_valuation__supplier_variance') }} as variances
    inner join {{ ref('stg_computed__cost_entry') }} as entries
        on
            variances.company_id = entries.company_id
            and entries.event_id = concat_ws(
                '/', variances.source_system, variances.supplier_invoice_id,
                variances.invoice_line, variances.layer_event_id
            )
    where entries.is_policy_method and entries.entry_kind = 'invoice_variance'
    group by
        variances.company_id, variances.source_system, variances.supplier_invoice_id,
        variances.invoice_line

)

select
    lines.company_id,
    lines.source_system,
    lines.supplier_invoice_id,
    lines.invoice_line,
    documents.ledger_date,
    lines.party_id,
    lines.item_id,
    case
        when lines.line_type = 'item' then coalesce(received.location_id, ordered.location_id)
    end as location_id,
    case when lines.line_type in ('item', 'tax', 'other') then 'E10' else 'E12' end as event_code,
    case
        when lines.line_type = 'item' then 'goods'
        when lines.line_type in ('tax', 'other') then lines.line_type
        when transfers.po_id is not null then 'outbound'
        when coalesce(lines.receipt_id, lines.po_id, landed.supplier_invoice_id) is not null
            then 'inbound'
        else 'outbound'
    end as part,
    {{ minor_unit('lines.invoiced_amount_doc * documents.rate', 'documents.currency_decimals') }} as amount,
    lines.invoiced_amount_doc as amount_doc,
    lines.currency_doc,
    case when lines.line_type = 'item' then lines.qty_invoiced else 0 end as qty,
    lines.tax_amount_doc,
    coalesce(entries.stock_amount, 0) as stock_amount,
    coalesce(entries.expense_amount, 0) as expense_amount,
    coalesce(entries.is_at_standard, false) as is_at_standard
from {{ ref('int_purchasing__supplier_line') }} as lines
inner join documents
    on
        lines.company_id = documents.company_id
        and lines.source_system = documents.source_system
        and lines.supplier_invoice_id = documents.supplier_invoice_id
left join received
    on
        lines.company_id = received.company_id
        and lines.receipt_id = received.receipt_id
        and lines.receipt_line = received.receipt_line
left join ordered
    on
        lines.company_id = ordered.company_id
        and lines.po_id = ordered.po_id
        and lines.po_line = ordered.po_line
left join transfers
    on
        lines.company_id = transfers.company_id
        and lines.po_id = transfers.po_id
left join landed
    on
        lines.company_id = landed.company_id
        and lines.source_system = landed.source_system
        and lines.supplier_invoice_id = landed.supplier_invoice_id
left join entries
    on
        lines.company_id = entries.company_id
        and lines.source_system = entries.source_system
        and lines.supplier_invoice_id = entries.supplier_invoice_id
        and lines.invoice_line = entries.invoice_line
