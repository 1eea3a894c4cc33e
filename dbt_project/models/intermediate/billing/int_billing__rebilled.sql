{{ config(materialized='view') }}

-- Credited in full and billed anew (domain C.6): the credit memo takes back all of the invoice and is
-- for no goods that came back, and a later invoice bills the same goods. The invoice and its credit
-- say nothing together; the later one speaks.
with

invoices as (

    select * from {{ ref('stg_billing__invoice') }}
    where status not in ('draft', 'cancelled')

),

goods as (

    select * from {{ ref('int_billing__billed_goods') }}

),

reversals as (

    select
        credits.source_system,
        credits.company_id,
        credits.invoice_id as credit_id,
        credits.reference_invoice_id as invoice_id,
        credits.invoice_date as credited_on
    from invoices as credits
    inner join invoices as originals
        on
            credits.source_system = originals.source_system
            and credits.company_id = originals.company_id
            and credits.reference_invoice_id = originals.invoice_id
            and credits.currency = originals.currency
            and credits.net_amount = -originals.net_amount
    inner join {{ ref('int_master__company') }} as companies
        on
            credits.company_id = companies.company_id
            and credits.invoice_date <= companies.as_of_date
    where
        credits.invoice_type = 'credit_memo'
        and originals.invoice_type = 'invoice'
        and coalesce(credits.reason_code, '') <> 'return'

),

rebilled as (

    select reversals.source_system, reversals.company_id, reversals.credit_id, reversals.invoice_id
    from reversals
    inner join goods
        on
            reversals.source_system = goods.source_system
            and reversals.company_id = goods.company_id
            and reversals.invoice_id = goods.invoice_id
    inner join goods as goods_anew
        on
            goods.source_system = goods_anew.source_system
            and goods.company_id = goods_anew.company_id
            and goods.document_id = goods_anew.document_id
            and goods.document_line = goods_anew.document_line
            and goods.item_code = goods_anew.item_code
            and goods.invoice_id <> goods_anew.invoice_id
    inner join invoices
        on
            goods_anew.source_system = invoices.source_system
            and goods_anew.company_id = invoices.company_id
            and goods_anew.invoice_id = invoices.invoice_id
            and invoices.invoice_type = 'invoice'
            and reversals.credited_on <= invoices.invoice_date
    inner join {{ ref('int_master__company') }} as companies
        on
            reversals.company_id = companies.company_id
            and invoices.invoice_date <= companies.as_of_date
    group by
        reversals.source_system, reversals.company_id, reversals.credit_id, reversals.invoice_id

)

select source_system, company_id, invoice_id
from rebilled
union
select source_system, company_id, credit_id
from rebilled
