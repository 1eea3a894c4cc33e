{{ config(materialized='view') }}

select
    company_id,
    subject_id,
    flag,
    score,
    rule_score,
    is_flagged,
    reasons,
    model_version
from {{ ref('stg_computed__billing_watch') }}
