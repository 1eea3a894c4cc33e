{{ config(materialized='view') }}

select
    as_of_at,
    watermark_at,
    policy_version
from {{ ref('stg_ingest__run_parameter') }}
