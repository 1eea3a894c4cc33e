{{ config(materialized='view') }}

select
    company_id,
    source_system,
    dispute_id,
    category,
    likeliest,
    confidence,
    reasons,
    model_version
from {{ ref('stg_computed__dispute_category') }}
