with

run as (

    select * from {{ ref('int_control__run') }}

),

companies as (

    select * from {{ ref('int_master__company') }}

),

markups as (

    select
        company_id,
        seller_id,
        item_id,
        sum(left_qty) as qty_base,
        sum(markup_amount) as markup_amount
    from {{ ref('int_ledger__group_markup') }}
    group by company_id, seller_id, item_id

)

select
    markups.company_id,
    markups.seller_id,
    markups.item_id,
    cast(markups.qty_base as decimal(18, 6)) as qty_base,
    cast(markups.markup_amount as decimal(18, 4)) as markup_amount,
    companies.currency,
    'IC_MARKUP_ELIM' as debit_role,
    'INV' as credit_role,
    run.as_of_at,
    run.watermark_at
from markups
inner join companies
    on markups.seller_id = companies.company_id
cross join run
