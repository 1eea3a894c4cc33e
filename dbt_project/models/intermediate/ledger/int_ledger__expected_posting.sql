{{ config(materialized='view') }}

with

companies as (

    select * from {{ ref('int_master__company') }}

),

invoiced_companies as (      -- goods received not invoiced only grow where no invoice is sent

    select company_id from {{ ref('stg_purchasing__invoice_line') }}
    group by company_id

),

stacked as (

    select
        stock.company_id,
        stock.posting_date,
        stock.account_role,
        stock.valuation_class,
        stock.location_id,
        '' as channel,
        stock.amount,
        'movement' as document_kind,
        stock.movement_id as document_id,
        stock.movement_line as document_line,
        stock.receipt_id,
        stock.receipt_line,
        stock.event_code = 'E00' as is_opening
    from {{ ref('int_ledger__stock_posting') }} as stock
    left join invoiced_companies
        on stock.company_id = invoiced_companies.company_id
    where
        stock.account_role is not null
        and (stock.account_role <> 'GRIR' or invoiced_companies.company_id is not null)
    union all
    select
        company_id, posting_date, account_role, valuation_class, location_id, channel,
        amount, document_kind, document_id, document_line, null, null, false
    from {{ ref('int_ledger__sales_posting') }}
    union all
    select
        company_id, posting_date, account_role, '', '', '',
        amount, document_kind, document_id, document_line, null, null, false
    from {{ ref('int_ledger__receivable_posting') }}
    union all
    select
        company_id, posting_date, account_role, '', '', '',
        amount, document_kind, document_id, document_line, null, null, false
    from {{ ref('int_ledger__payable_posting') }}

)

select stacked.*
from stacked
inner join companies
    on stacked.company_id = companies.company_id
where stacked.amount is not null and stacked.posting_date <= companies.as_of_date
