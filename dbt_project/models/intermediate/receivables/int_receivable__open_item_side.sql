-- Open items at the day of the system's last list, ours and its own, stacked under the invoice they
-- speak of. Nothing is compared for a company whose documents or list are not there.

with

lists as (

    select * from {{ ref('int_receivable__listed_item') }}
    where is_last_list

),

days as (

    select company_id, as_of_date as date
    from lists
    group by company_id, as_of_date

),

documents as (

    select * from {{ ref('int_receivable__document') }}

),

names as (      -- one name may stand for documents of two systems: the first by its id answers

    select company_id, name, min(invoice_id) as invoice_id
    from (
        select company_id, invoice_number as name, invoice_id from documents
        union all
        select company_id, invoice_id, invoice_id from documents
    ) as named
    where name is not null
    group by company_id, name

),

settling_companies as (

    select company_id from {{ ref('int_billing__settlement') }}
    group by company_id

)

select
    open_parts.company_id,
    days.date as list_date,
    'expected' as side,
    open_parts.invoice_id,
    documents.party_id,
    documents.currency as currency_doc,
    open_parts.open_amount_doc as amount_doc,
    concat_ws(
        '|', 'document', open_parts.source_system, open_parts.invoice_id, open_parts.instalment
    ) as statement_key
from {{ ref('int_receivable__open_part') }} as open_parts
inner join days
    on
        open_parts.company_id = days.company_id
        and open_parts.date = days.date
inner join documents
    on
        open_parts.company_id = documents.company_id
        and open_parts.source_system = documents.source_system
        and open_parts.invoice_id = documents.invoice_id
union all
select
    receipts.company_id,
    days.date,
    'expected',
    receipts.receipt_id,
    receipts.party_id,
    receipts.currency,
    -receipts.amount_doc,
    concat_ws('|', 'receipt', receipts.source_system, receipts.receipt_id)
from {{ ref('int_cash__receipt') }} as receipts
inner join days
    on
        receipts.company_id = days.company_id
        and receipts.receipt_date <= days.date
union all
select
    settlements.company_id,
    days.date,
    'expected',
    settlements.cash_receipt_id,
    null,
    documents.currency,
    settlements.applied_amount_doc,
    concat_ws(
        '|', 'applied', settlements.source_system, settlements.cash_receipt_id,
        settlements.application_line
    )
from {{ ref('int_billing__settlement') }} as settlements
inner join days
    on
        settlements.company_id = days.company_id
        and settlements.applied_date <= days.date
inner join documents
    on
        settlements.company_id = documents.company_id
        and settlements.source_system = documents.source_system
        and settlements.invoice_id = documents.invoice_id
where settlements.settled_by = 'cash'
union all
select
    lists.company_id,
    lists.as_of_date,
    'actual',
    coalesce(by_id.invoice_id, by_number.invoice_id, lists.open_item_id),
    lists.party_id,
    lists.currency,
    lists.open_amount_doc,
    concat_ws('|', 'listed', lists.source_system, lists.open_item_id)
from lists
inner join settling_companies
    on lists.company_id = settling_companies.company_id
left join names as by_id
    on
        lists.company_id = by_id.company_id
        and lists.open_item_id = by_id.name
left join names as by_number
    on
        lists.company_id = by_number.company_id
        and lists.invoice_number = by_number.name
