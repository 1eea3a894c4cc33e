with

run as (

    select * from {{ ref('int_control__run') }}

),

companies as (

    select * from {{ ref('int_master__company') }}

),

items as (

    select * from {{ ref('int_ledger__reconciling_item') }}

)

select
    md5(concat_ws(
        '|', items.company_id, items.fiscal_year, items.fiscal_period, items.account_code,
        items.account_role, items.currency, items.location_id, items.item_class,
        items.business_key
    )) as reconciling_item_id,
    items.company_id,
    items.fiscal_year,
    items.fiscal_period,
    items.account_code,
    items.account_role,
    items.tie_group,
    items.currency,
    items.location_id,

    items.item_class,
    items.origin_class,
    items.origin_fiscal_year,
    items.origin_fiscal_period,
    cast(items.amount as decimal(18, 4)) as amount,
    items.posting_date,
    cast({{ days_between('items.posting_date', 'companies.as_of_date') }} as bigint) as age_days,
    cast(items.entry_count as bigint) as entry_count,

    items.business_key,
    items.movement_id,
    items.receipt_id,
    items.receipt_line,
    items.invoice_id,
    items.supplier_invoice_id,
    items.item_id,
    items.journal_id,
    items.journal_line,
    items.exception_id,
    case items.origin_class
        when 'RECEIPT_NOT_CAPITALISED' then 'post the receipt against goods received not invoiced'
        when 'MISSING_IN_GL' then 'post the missing entry'
        when 'WRONG_ACCOUNT' then 'reclassify to the account of the role'
        when 'WRONG_PERIOD' then 'accrue in the right period and reverse in the next'
        when 'MISSING_IN_SUBLEDGER' then 'find the document that the entry stands for'
        when 'MANUAL_JOURNAL' then 'ask the owner for support'
        when 'TIMING_UNPOSTED' then 'none: clears itself when posted'
    end as proposed_action,

    run.as_of_at,
    run.watermark_at
from items
inner join companies
    on items.company_id = companies.company_id
cross join run
