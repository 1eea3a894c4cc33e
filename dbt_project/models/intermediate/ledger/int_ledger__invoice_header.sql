-- What the header of a customer document says: what is owed, its tax, and what it charges or takes off
-- beside its lines. Freight that some systems keep in the header has no line of its own: more than the
-- net amount and more than all lines is a charge, less than both is a discount. A few cents are
-- rounding and stay in the rest of the document.

with

settings as (

    select value as rounding_amount from {{ ref('ledger_setting') }}
    where setting = 'rounding_amount'

),

line_sums as (

    select
        company_id,
        source_system,
        invoice_id,
        sum(tax_amount_doc) as tax_amount_doc,
        sum(actual_amount_doc) as net_amount_doc
    from {{ ref('int_billing__invoice_line') }}
    group by company_id, source_system, invoice_id

),

headers as (

    select
        invoices.company_id,
        invoices.source_system,
        invoices.invoice_id,
        case when invoices.invoice_type = 'credit_memo' then 'E30' else 'E23' end as event_code,
        case when invoices.invoice_type = 'credit_memo' then 'credit_memo' else 'invoice' end
            as source_doc_type,
        invoices.ledger_date,
        invoices.party_id,
        invoices.rate,
        invoices.currency_decimals,
        invoices.currency,
        invoices.gross_amount_doc,
        coalesce(
            invoices.tax_amount, line_sums.tax_amount_doc, invoices.gross_amount - invoices.net_amount
        ) as tax_amount_doc,
        coalesce(invoices.tax_amount, line_sums.tax_amount_doc) as told_tax_amount_doc,
        invoices.net_amount as net_amount_doc,
        line_sums.net_amount_doc as line_amount_doc,
        case when invoices.gross_amount_doc < 0 then -1 else 1 end as direction
    from {{ ref('int_billing__invoice') }} as invoices
    left join line_sums
        on
            invoices.company_id = line_sums.company_id
            and invoices.source_system = line_sums.source_system
            and invoices.invoice_id = line_sums.invoice_id
    where invoices.rate is not null

),

charged as (

    select
        headers.*,
        direction * (
            gross_amount_doc - told_tax_amount_doc
            - greatest(direction * net_amount_doc, direction * line_amount_doc) * direction
        ) as over_amount_doc,
        direction * (
            gross_amount_doc - told_tax_amount_doc
            - least(direction * net_amount_doc, direction * line_amount_doc) * direction
        ) as under_amount_doc
    from headers

),

parts as (

    select
        charged.*, 'receivable' as part, gross_amount_doc * rate as amount,
        gross_amount_doc as amount_doc
    from charged
    union all
    select charged.*, 'tax', tax_amount_doc * rate, told_tax_amount_doc
    from charged
    union all
    select charged.*, 'freight', direction * over_amount_doc * rate, direction * over_amount_doc
    from charged
    cross join settings
    where over_amount_doc * rate > settings.rounding_amount
    union all
    select charged.*, 'discount', direction * under_amount_doc * rate, direction * under_amount_doc
    from charged
    cross join settings
    where under_amount_doc * rate < -settings.rounding_amount

)

select
    company_id,
    source_system,
    event_code,
    event_code as rule_code,
    part,
    source_doc_type,
    invoice_id,
    '' as invoice_line,
    ledger_date as posting_date,
    cast(null as varchar) as item_id,
    party_id,
    {{ minor_unit('amount', 'currency_decimals') }} as amount,
    amount_doc,
    currency as currency_doc,
    0 as qty,
    cast(null as varchar) as sale_key
from parts
