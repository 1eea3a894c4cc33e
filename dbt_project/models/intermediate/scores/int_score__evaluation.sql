{{ config(materialized='view') }}

select
    company_id,
    task,
    subgroup,
    measure,
    learnt,
    ruled,
    judged_count,
    is_used,
    verdict,
    model_version
from {{ ref('stg_computed__score_evaluation') }}
