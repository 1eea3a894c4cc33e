with

companies as (

    select * from {{ ref('int_master__company') }}

),

invoice_lines as (

    select * from {{ ref('stg_purchasing__invoice_line') }}

),

invoices as (

    select * from {{ ref('stg_purchasing__invoice') }}

),

currency_days as (

    select * from {{ ref('int_ledger__currency_day') }}

),

party_codes as (

    select * from {{ ref('int_master__party_code') }}

),

item_codes as (

    select * from {{ ref('int_master__item_code') }}

)

select
    invoice_lines.company_id,
    invoice_lines.source_system,
    invoice_lines.supplier_invoice_id,
    invoice_lines.invoice_line,
    invoice_lines.invoice_number,
    invoice_lines.invoice_date,
    coalesce(invoice_lines.posting_date, invoices.posting_date, invoice_lines.invoice_date)
        as posting_date,
    coalesce(party_codes.party_id, invoice_lines.supplier_code) as party_id,
    invoice_lines.line_type,
    invoice_lines.po_id,
    invoice_lines.po_line,
    invoice_lines.receipt_id,
    invoice_lines.receipt_line,
    coalesce(item_codes.item_id, invoice_lines.item_code) as item_id,
    coalesce(invoice_lines.qty_invoiced, 0) as qty_invoiced,
    invoice_lines.net_amount as invoiced_amount_doc,
    invoice_lines.tax_amount as tax_amount_doc,
    invoice_lines.currency as currency_doc,
    cast(
        invoice_lines.net_amount * case
            when invoice_lines.currency = coalesce(companies.currency, invoice_lines.currency) then 1
            else coalesce(invoices.fx_rate, currency_days.rate)
        end
        as decimal(18, 4)
    ) as invoiced_amount
from invoice_lines
inner join companies
    on invoice_lines.company_id = companies.company_id
left join invoices
    on
        invoice_lines.source_system = invoices.source_system
        and invoice_lines.company_id = invoices.company_id
        and invoice_lines.supplier_invoice_id = invoices.supplier_invoice_id
left join currency_days
    on
        invoice_lines.company_id = currency_days.company_id
        and invoice_lines.currency = currency_days.from_currency
        and currency_days.date = coalesce(invoice_lines.posting_date, invoice_lines.invoice_date)
left join party_codes
    on
        invoice_lines.source_system = party_codes.source_system
        and invoice_lines.company_id = party_codes.company_id
        and invoice_lines.supplier_code = party_codes.party_code
        and party_codes.party_role = 'supplier'
left join item_codes
    on
        invoice_lines.source_system = item_codes.source_system
        and invoice_lines.company_id = item_codes.company_id
        and invoice_lines.item_code = item_codes.item_code
where
    coalesce(invoice_lines.status, 'posted') not in ('parked', 'cancelled')
    and coalesce(invoices.status, 'posted') not in ('parked', 'cancelled')
    and invoice_lines.invoice_date <= companies.as_of_date
