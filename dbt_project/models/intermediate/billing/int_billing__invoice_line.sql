with

invoices as (

    select * from {{ ref('int_billing__invoice') }}

),

invoice_lines as (

    select * from {{ ref('stg_billing__invoice_line') }}

),

item_codes as (

    select * from {{ ref('int_master__item_code') }}

),

unit_factors as (

    select * from {{ ref('int_master__unit_factor') }}

),

joined as (

    select
        invoice_lines.*,
        invoices.invoice_number,
        invoices.invoice_type,
        invoices.invoice_date,
        invoices.ledger_date,
        invoices.created_at,
        invoices.creation_mode,
        invoices.due_date,
        invoices.approved_at,
        invoices.party_id,
        invoices.customer_po,
        invoices.reference_invoice_id,
        invoices.reason_code,
        invoices.is_cancelled or invoices.is_rebilled as is_cancelled,
        invoices.currency,
        invoices.company_currency,
        invoices.rate,
        item_codes.item_id,
        item_codes.base_uom
    from invoice_lines
    inner join invoices
        on
            invoice_lines.source_system = invoices.source_system
            and invoice_lines.company_id = invoices.company_id
            and invoice_lines.invoice_id = invoices.invoice_id
    left join item_codes
        on
            invoice_lines.source_system = item_codes.source_system
            and invoice_lines.company_id = item_codes.company_id
            and invoice_lines.item_code = item_codes.item_code

)

select
    joined.company_id,
    joined.source_system,
    joined.invoice_id,
    joined.invoice_line,
    joined.invoice_number,
    joined.invoice_type,
    joined.invoice_date,
    joined.ledger_date as posting_date,
    joined.created_at,
    joined.creation_mode,
    coalesce(joined.manual_price_flag, false) as is_manual_price,
    joined.price_source,
    joined.lot_number,
    joined.tax_code,
    joined.due_date,
    joined.approved_at,
    joined.party_id,
    joined.customer_po,
    joined.reference_invoice_id,
    joined.reason_code,
    joined.is_cancelled,
    joined.order_id,
    joined.order_line,
    joined.shipment_id,
    joined.shipment_line,
    joined.billable_event_id,
    joined.line_type,
    case when joined.line_type = 'item' then 'goods' else joined.line_type end as line_kind,
    joined.item_code,
    joined.description as line_text,
    joined.item_id,
    joined.qty_billed as actual_qty,
    joined.uom,
    case
        when joined.uom <> joined.base_uom and unit_factors.numerator is not null
            then {{ divide_exact('joined.qty_billed * unit_factors.numerator', 'unit_factors.denominator', 6) }}
        else joined.qty_billed
    end as match_qty,
    joined.net_amount as actual_amount_doc,
    case
        when joined.qty_billed <> 0
            then {{ divide_exact('joined.net_amount', 'joined.qty_billed', 8, 4, 6) }}
    end as actual_unit_price_doc,
    cast(joined.net_amount * joined.rate as decimal(18, 4)) as actual_amount,
    joined.tax_amount as tax_amount_doc,
    joined.cogs_amount as billed_cost_amount,
    joined.currency as currency_doc,
    joined.company_currency as currency,
    joined.rate as currency_rate
from joined
left join unit_factors
    on
        joined.company_id = unit_factors.company_id
        and joined.item_id = unit_factors.item_id
        and joined.uom = unit_factors.uom
        and joined.invoice_date between unit_factors.valid_from and unit_factors.valid_to
