{{ config(materialized='view') }}

select
    company_id,
    item_class,
    period_start,
    quantile,
    period_end,
    forecast_qty,
    priced_qty,
    costed_qty,
    revenue_amount,
    cogs_amount,
    cash_in_amount,
    cash_out_amount,
    forecast_version
from {{ ref('stg_computed__financial_plan') }}
