{{ config(materialized='view') }}

-- What suppliers have billed for goods, by the receipt line they name, else by the order line.
-- Only in the company's currency: a bill without a rate is no cost.
with

companies as (

    select * from {{ ref('int_master__company') }}

),

invoices as (

    select * from {{ ref('stg_purchasing__invoice') }}

),

invoice_lines as (

    select * from {{ ref('stg_purchasing__invoice_line') }}

),

priced as (

    select
        invoice_lines.company_id,
        invoice_lines.receipt_id,
        invoice_lines.receipt_line,
        invoice_lines.po_id,
        invoice_lines.po_line,
        invoice_lines.uom,
        invoice_lines.qty_invoiced,
        case
            when invoice_lines.currency = coalesce(companies.currency, invoice_lines.currency)
                then invoice_lines.net_amount
            else cast(round(invoice_lines.net_amount * invoices.fx_rate, 4) as decimal(18, 4))
        end as amount
    from invoice_lines
    inner join companies
        on
            invoice_lines.company_id = companies.company_id
            and coalesce(invoice_lines.posting_date, invoice_lines.invoice_date)
            <= companies.as_of_date
    left join invoices
        on
            invoice_lines.source_system = invoices.source_system
            and invoice_lines.company_id = invoices.company_id
            and invoice_lines.supplier_invoice_id = invoices.supplier_invoice_id
    where
        invoice_lines.line_type = 'item'
        and invoice_lines.qty_invoiced <> 0
        and coalesce(invoice_lines.status, 'posted') not in ('parked', 'cancelled')
        and coalesce(invoices.status, 'posted') not in ('parked', 'cancelled')

),

named as (

    select
        company_id, 'receipt' as document_kind, receipt_id as document_id,
        coalesce(receipt_line, '') as document_line, uom, qty_invoiced, amount
    from priced
    where receipt_id is not null
    union all
    select
        company_id, 'order' as document_kind, po_id,
        coalesce(po_line, ''), uom, qty_invoiced, amount
    from priced
    where receipt_id is null and po_id is not null

)

select
    company_id,
    document_kind,
    document_id,
    document_line,
    min(uom) as uom,
    cast(sum(qty_invoiced) as decimal(18, 6)) as qty,
    cast(sum(amount) as decimal(18, 4)) as amount,
    {{ divide_exact('sum(amount)', 'sum(qty_invoiced)', 8, from_scale=4) }} as unit_cost
from named
group by company_id, document_kind, document_id, document_line
having count(*) = count(amount) and count(distinct coalesce(uom, '')) = 1
