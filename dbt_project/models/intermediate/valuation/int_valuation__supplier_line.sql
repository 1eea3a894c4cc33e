-- What suppliers have billed for goods, at the rate of their document, in base units, with the
-- receipt or order line it is for.
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

dated as (

    select
        invoice_lines.*,
        coalesce(invoices.invoice_type, 'invoice') as invoice_type,
        coalesce(invoice_lines.posting_date, invoices.posting_date, invoice_lines.invoice_date)
            as posted_on,
        coalesce(invoices.source_updated_at, invoice_lines.source_updated_at) as changed_at,
        coalesce(invoices._delivered_at, invoice_lines._delivered_at) as delivered_at,
        companies.timezone,
        companies.currency_decimals,
        case
            when invoice_lines.currency = coalesce(companies.currency, invoice_lines.currency)
                then cast(1 as decimal(18, 8))
            else cast(invoices.fx_rate as decimal(18, 8))
        end as document_rate
    from invoice_lines
    inner join companies
        on invoice_lines.company_id = companies.company_id
    left join invoices
        on
            invoice_lines.source_system = invoices.source_system
            and invoice_lines.company_id = invoices.company_id
            and invoice_lines.supplier_invoice_id = invoices.supplier_invoice_id
    where
        invoice_lines.line_type = 'item'
        and coalesce(invoice_lines.status, 'posted') not in ('parked', 'cancelled')
        and coalesce(invoices.status, 'posted') not in ('parked', 'cancelled')
        and coalesce(invoice_lines.posting_date, invoices.posting_date, invoice_lines.invoice_date)
        <= companies.as_of_date

),

rated as (

    select
        dated.*,
        item_codes.item_id,
        item_codes.base_uom,
        {{ minor_unit(
            'dated.net_amount * coalesce(dated.document_rate, currency_days.rate)',
            'dated.currency_decimals'
        ) }} as amount
    from dated
    inner join {{ ref('int_master__item_code') }} as item_codes
        on
            dated.source_system = item_codes.source_system
            and dated.company_id = item_codes.company_id
            and dated.item_code = item_codes.item_code
    left join {{ ref('int_ledger__currency_day') }} as currency_days
        on
            dated.company_id = currency_days.company_id
            and dated.currency = currency_days.from_currency
            and dated.posted_on = currency_days.date

)

select
    rated.company_id,
    rated.source_system,
    rated.supplier_invoice_id,
    rated.invoice_line,
    rated.invoice_type,
    rated.posted_on as posting_date,
    coalesce(
        rated.changed_at, {{ midnight_utc('rated.posted_on', 'rated.timezone') }}
    ) as event_at,
    coalesce(rated.changed_at, rated.delivered_at) as known_at,
    rated.item_id,
    case when rated.receipt_id is not null then 'receipt' else 'order' end as document_kind,
    coalesce(rated.receipt_id, rated.po_id) as document_id,
    coalesce(case when rated.receipt_id is not null then rated.receipt_line else rated.po_line end, '')
        as document_line,
    case
        when coalesce(rated.uom, rated.base_uom) = rated.base_uom then rated.qty_invoiced
        else {{ divide_exact(
            'rated.qty_invoiced * unit_factors.numerator', 'unit_factors.denominator', 6, by_scale=0
        ) }}
    end as qty_base,
    rated.amount,
    rated.currency_decimals
from rated
left join {{ ref('int_master__unit_factor') }} as unit_factors
    on
        rated.company_id = unit_factors.company_id
        and rated.item_id = unit_factors.item_id
        and rated.uom = unit_factors.uom
        and rated.posted_on between unit_factors.valid_from and unit_factors.valid_to
where coalesce(rated.receipt_id, rated.po_id) is not null and rated.amount is not null
