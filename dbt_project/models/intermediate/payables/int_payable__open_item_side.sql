-- Open payables at the day of the system's last list, ours and its own, stacked under the invoice
-- they speak of.

with

lists as (

    select * from {{ ref('int_payable__listed_item') }}

),

days as (

    select company_id, as_of_date as date
    from lists
    group by company_id, as_of_date

),

documents as (

    select * from {{ ref('int_payable__document') }}

),

paying_companies as (

    select company_id from {{ ref('stg_purchasing__payment') }}
    group by company_id

),

names as (

    select company_id, name, min(supplier_invoice_id) as supplier_invoice_id
    from (
        select company_id, invoice_number as name, supplier_invoice_id from documents
        union all
        select company_id, supplier_invoice_id, supplier_invoice_id from documents
    ) as named
    where name is not null
    group by company_id, name

)

select
    standings.company_id,
    days.date as list_date,
    'expected' as side,
    standings.supplier_invoice_id as document_id,
    documents.party_id,
    documents.currency_doc,
    standings.open_amount_doc as amount_doc,
    concat_ws('|', 'document', standings.source_system, standings.supplier_invoice_id)
        as statement_key
from {{ ref('int_payable__standing') }} as standings
inner join paying_companies
    on standings.company_id = paying_companies.company_id
inner join days
    on
        standings.company_id = days.company_id
        and standings.begins_on <= days.date
        and standings.until_date > days.date
inner join documents
    on
        standings.company_id = documents.company_id
        and standings.source_system = documents.source_system
        and standings.supplier_invoice_id = documents.supplier_invoice_id
union all
select
    lists.company_id,
    lists.as_of_date,
    'actual',
    coalesce(by_id.supplier_invoice_id, by_number.supplier_invoice_id, lists.open_item_id),
    lists.party_id,
    lists.currency_doc,
    lists.open_amount_doc,
    concat_ws('|', 'listed', lists.source_system, lists.open_item_id)
from lists
inner join paying_companies
    on lists.company_id = paying_companies.company_id
left join names as by_id
    on
        lists.company_id = by_id.company_id
        and lists.open_item_id = by_id.name
left join names as by_number
    on
        lists.company_id = by_number.company_id
        and lists.invoice_number = by_number.name
