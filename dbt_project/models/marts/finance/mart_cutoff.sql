with

run as (

    select * from {{ ref('int_control__run') }}

),

companies as (

    select * from {{ ref('int_master__company') }}

),

errors as (

    select * from {{ ref('int_ledger__cutoff') }}

)

select
    errors.company_id,
    errors.source_system,
    errors.journal_id,
    errors.document_kind,
    errors.document_id,
    errors.goods_fiscal_year as fiscal_year,
    errors.goods_fiscal_period as fiscal_period,
    errors.goods_first_date,
    errors.goods_date,
    errors.goods_period_end_date as period_end_date,
    errors.posting_date,
    case
        when errors.posted_period_end_date > errors.goods_period_end_date then 'posted too late'
        else 'posted too early'
    end as direction,
    cast({{ days_between('errors.goods_date', 'errors.posting_date') }} as bigint) as days_apart,
    companies.currency,
    errors.amount,
    errors.result_amount,
    'accrue in the period of the goods and reverse in the period of the entry' as proposed_action,
    run.as_of_at,
    run.watermark_at
from errors
cross join run
inner join companies
    on errors.company_id = companies.company_id
