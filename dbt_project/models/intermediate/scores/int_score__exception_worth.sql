{{ config(materialized='view') }}

select
    company_id,
    code,
    party_id,
    recovered_share,
    closed_count,
    model_version
from {{ ref('stg_computed__exception_worth') }}
