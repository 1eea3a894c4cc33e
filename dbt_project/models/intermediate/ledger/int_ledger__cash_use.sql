-- What each application of money settles, document by document, and what that takes off receivables:
-- the share of what the document was booked at, so that the last payment takes the rest. A credit
-- memo that settles an invoice is settled itself. Money that bounced settled until it did.

with

companies as (

    select * from {{ ref('int_master__company') }}

),

invoices as (

    select
        company_id, source_system, invoice_id, gross_amount_doc, currency_decimals,
        {{ minor_unit('gross_amount_doc * rate', 'currency_decimals') }} as booked_amount
    from {{ ref('int_billing__invoice') }}
    where rate is not null

),

applications as (

    select
        applications.*,
        coalesce(applications.settled_by, 'cash') as settled_with,
        coalesce(receipts.status, 'cleared') as status,
        receipts.receipt_date,
        receipts.currency as receipt_currency,
        coalesce({{ local_date('applications.applied_at', 'companies.timezone') }}, receipts.receipt_date)
            as applied_on,
        {{ local_date('receipts.source_updated_at', 'companies.timezone') }} as bounced_on
    from {{ ref('stg_billing__cash_application') }} as applications
    inner join companies
        on applications.company_id = companies.company_id
    left join {{ ref('stg_billing__cash_receipt') }} as receipts
        on
            applications.source_system = receipts.source_system
            and applications.company_id = receipts.company_id
            and applications.cash_receipt_id = receipts.cash_receipt_id
    where
        applications.source_kind = 'applied'
        and coalesce(receipts.status, 'cleared') in ('cleared', 'bounced')

),

uses as (      -- ruling E19: a deduction settles nothing until it is decided

    select
        applications.*,
        'invoice' as used_as,
        applications.invoice_id as document_id,
        amount_applied + coalesce(discount_taken, 0) + coalesce(write_off_amount, 0)
            as settled_amount_doc
    from applications
    union all
    select applications.*, 'credit', settling_document_id, -amount_applied
    from applications
    where settled_with = 'credit_memo' and settling_document_id is not null

),

dated as (

    select
        uses.*,
        case
            when status = 'bounced' then receipt_date
            else greatest(coalesce(receipt_date, applied_on), coalesce(applied_on, receipt_date))
        end as posting_date
    from uses

),

summed as (

    select
        dated.*,
        sum(case when status = 'bounced' then 0 else settled_amount_doc end) over (
            partition by company_id, source_system, document_id
            order by posting_date, cash_receipt_id, application_line, used_as
            rows between unbounded preceding and current row
        ) as settled_upto
    from dated

)

select
    summed.company_id,
    summed.source_system,
    summed.cash_receipt_id,
    summed.application_line,
    summed.used_as,
    summed.document_id,
    summed.settled_with,
    summed.settling_document_id,
    summed.posting_date,
    summed.receipt_date,
    case when summed.status = 'bounced' then summed.bounced_on end as bounced_on,
    summed.receipt_currency,
    summed.amount_applied,
    coalesce(summed.discount_taken, 0) as discount_amount_doc,
    coalesce(summed.write_off_amount, 0)
    + case when summed.settled_with = 'write_off' then summed.amount_applied else 0 end
        as write_off_amount_doc,
    summed.settled_amount_doc,
    cast(
        case
            when invoices.invoice_id is null then null
            when summed.status = 'bounced' then {{ minor_unit(
                'invoices.booked_amount * summed.settled_amount_doc', 'invoices.currency_decimals',
                by='invoices.gross_amount_doc', from_scale=8, by_scale=4
            ) }}
            else {{ minor_unit(
                'invoices.booked_amount * summed.settled_upto', 'invoices.currency_decimals',
                by='invoices.gross_amount_doc', from_scale=8, by_scale=4
            ) }} - {{ minor_unit(
                'invoices.booked_amount * (summed.settled_upto - summed.settled_amount_doc)',
                'invoices.currency_decimals', by='invoices.gross_amount_doc', from_scale=8, by_scale=4
            ) }}
        end as decimal(18, 4)
    ) as booked_amount
from summed
left join invoices
    on
        summed.company_id = invoices.company_id
        and summed.source_system = invoices.source_system
        and summed.document_id = invoices.invoice_id
