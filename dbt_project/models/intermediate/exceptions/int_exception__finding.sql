with

stacked as (

    select * from {{ ref('int_exception__unbilled') }}
    union all
    select * from {{ ref('int_exception__price') }}
    union all
    select * from {{ ref('int_exception__surplus') }}
    union all
    select * from {{ ref('int_exception__feed_reject') }}
    union all
    select * from {{ ref('int_exception__uncapitalised') }}
    union all
    select * from {{ ref('int_exception__journal') }}
    union all
    select * from {{ ref('int_exception__ledger_item') }}
    union all
    select * from {{ ref('int_exception__cleared_on_revenue') }}
    union all
    select * from {{ ref('int_exception__promise') }}
    union all
    select * from {{ ref('int_exception__channel_feed') }}
    union all
    select * from {{ ref('int_exception__imbalance') }}

)

select
    md5(concat_ws('|', code, company_id, business_key)) as exception_id,
    stacked.*
from stacked
